import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { Recent } from './Recent';

/** Answers the catalog's entities of these refs, and those of the users who are in one of the groups. */
export type FindPeople = (refs: string[], groups: string[]) => Promise<Entity[]>;

/** How long the catalog's answer is used, in milliseconds. */
const keptMs = 10_000;

/** What somebody is, and whom everybody sees besides; full entity refs. */
export interface PeopleQuery {
  /** The person, and the groups that the person is in. */
  claims: readonly string[];
  /** Groups that everybody sees. */
  visibleGroups: readonly string[];
}

/**
 * Which users and groups a person sees: their own groups with the people in them, and those that everybody sees. Somebody
 * who is in another group, too, stays out of sight: the entity of a user names all groups, and the name of a group tells
 * that its tenant exists. So does a group with a parent or children out of sight, unless it is the person's own.
 */
export class VisiblePeople {
  readonly #find: FindPeople;
  readonly #recent: Recent<string[]>;

  /** @param now - milliseconds since the epoch */
  constructor(find: FindPeople, now: () => number = Date.now) {
    this.#find = find;
    this.#recent = new Recent(() => keptMs, now);
  }

  /**
   * The `metadata.uid` of each.
   *
   * @throws what the catalog's answer fails with
   */
  async uidsFor(query: PeopleQuery): Promise<string[]> {
    return this.#recent.get(query.claims.join(), () => this.#ask(query));
  }

  async #ask({ claims, visibleGroups }: PeopleQuery): Promise<string[]> {
    const refs = [...new Set([...claims, ...visibleGroups])];
    const groups = refs.filter(isGroup);
    const isVisible = (entity: Entity) =>
      claims.includes(stringifyEntityRef(entity)) ||
      (entity.relations ?? []).every(
        ({ targetRef }) => !isGroup(targetRef) || groups.includes(targetRef),
      );
    const found = await this.#find(refs, groups);
    return [...new Set(found.filter(isVisible).flatMap(({ metadata }) => metadata.uid ?? []))];
  }
}

function isGroup(ref: string): boolean {
  return ref.startsWith('group:');
}
