import { RELATION_MEMBER_OF, stringifyEntityRef, type Entity } from '@backstage/catalog-model';
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

/** Users and groups, by one of two ways to say it. */
export interface People {
  /** `metadata.uid` of each, or of those alone who are not among the members. */
  uids: string[];
  /** And whoever is in one group of the first list, and in none of the second; full entity refs. */
  members?: { of: string[]; notOf: string[] };
}

/**
 * Which users and groups a person sees: their own groups with the people in them, and those that everybody sees. Somebody
 * who is in another group, too, stays out of sight: the entity of a user names all groups, and the name of a group tells
 * that its tenant exists. So does a group with a parent or children out of sight, unless it is the person's own.
 */
export class VisiblePeople {
  readonly #find: FindPeople;
  readonly #recent: Recent<People>;

  /** @param now - milliseconds since the epoch */
  constructor(find: FindPeople, now: () => number = Date.now) {
    this.#find = find;
    this.#recent = new Recent(() => keptMs, now);
  }

  /** @throws what the catalog's answer fails with */
  async visibleTo(query: PeopleQuery): Promise<People> {
    return this.#recent.get(query.claims.join(), () => this.#ask(query));
  }

  async #ask({ claims, visibleGroups }: PeopleQuery): Promise<People> {
    const refs = [...new Set([...claims, ...visibleGroups])];
    const groups = refs.filter(isGroup);
    const found = await this.#find(refs, groups);
    const isOwn = (entity: Entity) => claims.includes(stringifyEntityRef(entity));
    const namesHidden = ({ relations = [] }: Entity) =>
      relations.some(({ targetRef }) => isGroup(targetRef) && !groups.includes(targetRef));
    const visible = found.filter(entity => isOwn(entity) || !namesHidden(entity));

    const others = found.filter(entity => isUser(entity) && !isOwn(entity));
    const notOf = new Set(others.flatMap(groupsOf).filter(group => !groups.includes(group)));
    const listed = { uids: uidsOf(visible) };
    const described = {
      uids: uidsOf(visible.filter(entity => !others.includes(entity))),
      members: { of: groups, notOf: [...notOf] },
    };
    // Search sends the answer once for each result, and the catalog takes 100 kB.
    const isShorter = JSON.stringify(described).length < JSON.stringify(listed).length;
    const isSame = others.every(
      entity => !namesHidden(entity) || groupsOf(entity).some(group => notOf.has(group)),
    );
    return isShorter && isSame ? described : listed;
  }
}

function groupsOf({ relations = [] }: Entity): string[] {
  return relations
    .filter(({ type }) => type === RELATION_MEMBER_OF)
    .map(({ targetRef }) => targetRef);
}

function uidsOf(entities: Entity[]): string[] {
  return [...new Set(entities.flatMap(({ metadata }) => metadata.uid ?? []))];
}

function isUser({ kind }: Entity): boolean {
  return kind.toLocaleLowerCase('en-US') === 'user';
}

function isGroup(ref: string): boolean {
  return ref.startsWith('group:');
}
