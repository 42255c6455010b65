import { RELATION_MEMBER_OF, type Entity } from '@backstage/catalog-model';

/** Answers the catalog's entity of a user, undefined when there is none. */
export type FindUser = (userEntityRef: string) => Promise<Entity | undefined>;

/** How long the catalog's answer is used, in milliseconds. */
const keptMs = 10_000;
/** Somebody new, or a portal that has just started, does not wait as long. */
const unknownKeptMs = 500;
/** More people than these are not remembered. */
const mostPeople = 10_000;

interface Known {
  until: number;
  refs: Promise<readonly string[]>;
}

/**
 * Which groups a person is in now, as the catalog says. A token keeps for an hour what was true at the sign-in; who has
 * left a group or the company meanwhile loses what it opened within seconds.
 */
export class Memberships {
  readonly #find: FindUser;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();

  /** @param now - milliseconds since the epoch */
  constructor(find: FindUser, now: () => number = Date.now) {
    this.#find = find;
    this.#now = now;
  }

  /**
   * What a person may claim to be: the refs of the person and of the groups; nothing for somebody whom the catalog does
   * not know.
   *
   * @throws what the catalog's answer fails with; nobody is let in by an outage
   */
  async claimsOf(userEntityRef: string): Promise<readonly string[]> {
    const known = this.#known.get(userEntityRef);
    if (known && known.until > this.#now()) return known.refs;
    const asked: Known = { until: this.#now() + keptMs, refs: this.#ask(userEntityRef) };
    this.#remember(userEntityRef, asked);
    try {
      const refs = await asked.refs;
      if (refs.length === 0) asked.until = this.#now() + unknownKeptMs;
      return refs;
    } catch (error) {
      this.#known.delete(userEntityRef);
      throw error;
    }
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

  #remember(userEntityRef: string, asked: Known): void {
    if (this.#known.size >= mostPeople) {
      const now = this.#now();
      for (const [ref, { until }] of this.#known) if (until <= now) this.#known.delete(ref);
    }
    if (this.#known.size < mostPeople) this.#known.set(userEntityRef, asked);
  }
}
