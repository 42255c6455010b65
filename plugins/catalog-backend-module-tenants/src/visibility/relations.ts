import { createHash } from 'node:crypto';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** The part of an entity that matters here; a selection of fields may leave out any of it. */
interface Related {
  metadata?: { etag?: string };
  relations?: Array<{ type?: string; targetRef?: string }>;
  spec?: Record<string, unknown>;
}

/** What an entity says in its own spec as well: who owns it. Pages name the owner by it. */
const ownedBy = 'ownedBy';

/**
 * Keys of `spec` by which an entity names others than its owner, and the kind that they have unless they say it: a person who
 * is in the groups of two customers, or the group of one with a parent.
 *
 * @see https://backstage.io/docs/features/software-catalog/descriptor-format
 */
const namesOthers: Readonly<Record<string, string | undefined>> = {
  memberOf: 'group',
  members: 'user',
  children: 'group',
  parent: 'group',
  dependsOn: undefined,
  dependencyOf: undefined,
};

/** The keys of `spec` by which an entity names others, in lower case. */
export const keysThatNameOthers: ReadonlySet<string> = new Set(
  Object.keys(namesOthers).map(key => key.toLocaleLowerCase('en-US')),
);

/** The refs of all entities that the entities in an answer of the catalog name, at any depth of the answer. */
export function relatedRefs(answer: unknown): Set<string> {
  const refs = new Set<string>();
  visit(answer, ({ relations = [], spec = {} }) => {
    for (const { type, targetRef } of relations) {
      if (targetRef && type !== ownedBy) refs.add(targetRef);
    }
    for (const key of Object.keys(namesOthers)) {
      for (const ref of [spec[key]].flat()) refs.add(fullRef(ref, key) ?? '');
    }
  });
  refs.delete('');
  return refs;
}

/**
 * Takes out of an answer, in place, the entities that are not visible: relations with them, and their names in a spec. An
 * entity that is changed gets another etag: the catalog's own one changes with what was taken out.
 */
export function hideRelations(answer: unknown, visible: ReadonlySet<string>): void {
  visit(answer, entity => {
    const hidden = [hideRelationsOf(entity, visible), hideNames(entity, visible)];
    if (hidden.includes(true) && entity.metadata?.etag) {
      delete entity.metadata.etag;
      entity.metadata.etag = createHash('sha1').update(JSON.stringify(entity)).digest('hex');
    }
  });
}

function hideRelationsOf(entity: Related, visible: ReadonlySet<string>): boolean {
  const { relations = [] } = entity;
  const kept = relations.filter(
    ({ type, targetRef }) => type === ownedBy || (targetRef && visible.has(targetRef)),
  );
  if (kept.length === relations.length) return false;
  entity.relations = kept;
  return true;
}

function hideNames({ spec }: Related, visible: ReadonlySet<string>): boolean {
  if (!spec) return false;
  let isChanged = false;
  for (const key of Object.keys(namesOthers)) {
    const named = spec[key];
    const isVisible = (ref: unknown) => visible.has(fullRef(ref, key) ?? '');
    if (Array.isArray(named)) {
      const kept = named.filter(isVisible);
      isChanged ||= kept.length < named.length;
      spec[key] = kept;
    } else if (named !== undefined && !isVisible(named)) {
      delete spec[key];
      isChanged = true;
    }
  }
  return isChanged;
}

/** Undefined for what is no ref: it is hidden, whatever it says. */
function fullRef(text: unknown, key: string): string | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const defaults = { defaultKind: namesOthers[key], defaultNamespace: 'default' };
    return stringifyEntityRef(parseEntityRef(text, defaults));
  } catch {
    return undefined;
  }
}

function visit(value: unknown, onEntity: (entity: Related) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) visit(item, onEntity);
    return;
  }
  if (isRelated(value)) onEntity(value);
  for (const name of ['items', 'entity'] as const) {
    if (name in value) visit((value as Record<string, unknown>)[name], onEntity);
  }
}

function isRelated(value: object): value is Related {
  const { relations = [], spec = {} } = value as Record<string, unknown>;
  const isWhole = Array.isArray(relations) && typeof spec === 'object' && spec !== null;
  return isWhole && ('relations' in value || 'spec' in value);
}
