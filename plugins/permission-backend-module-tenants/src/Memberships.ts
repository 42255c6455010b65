import { RELATION_MEMBER_OF, type Entity } from '@backstage/catalog-model';
import { Recent } from './Recent';

/** Answers the catalog's entity of a user, undefined when there is none. */
export type FindUser = (userEntityRef: string) => Promise<Entity | undefined>;

/** How long the catalog's answer is used, in milliseconds. */
const keptMs = 10_000;
/** Somebody new, or a portal that has just started, does not wait as long. */
const unknownKeptMs = 500;

/**
 * Which groups a person is in now, as the catalog says. A token keeps for an hour what was true at the sign-in; who has
 * left a group or the company meanwhile loses what it opened within seconds.
 */
export class Memberships {
  readonly #find: FindUser;
  readonly #recent: Recent<readonly string[]>;

  /** @param now - milliseconds since the epoch */
  constructor(find: FindUser, now: () => number = Date.now) {
    this.#find = find;
    this.#recent = new Recent(refs => (refs.length > 0 ? keptMs : unknownKeptMs), now);
  }

  /**
   * What a person may claim to be: the refs of the person and of the groups; nothing for somebody whom the catalog does
   * not know.
   *
   * @throws what the catalog's answer fails with; nobody is let in by an outage
   */
  async claimsOf(userEntityRef: string): Promise<readonly string[]> {
    return this.#recent.get(userEntityRef, () => this.#ask(userEntityRef));
  }

  async #ask(userEntityRef: string): Promise<readonly string[]> {
    const user = await this.#find(userEntityRef);
    if (!user) return [];
    const groups = (user.relations ?? [])
      .filter(
        ({ type, targetRef }) => type === RELATION_MEMBER_OF && targetRef.startsWith('group:'),
      )
      .map(({ targetRef }) => targetRef);
    return [userEntityRef, ...new Set(groups)];
  }
}
