import { createHash } from 'node:crypto';

/** The part of an entity that matters here; a selection of fields may leave out any of it. */
interface Related {
  metadata?: { etag?: string };
  relations: Array<{ type?: string; targetRef?: string }>;
}

/** What an entity says in its own spec as well: who owns it. Pages name the owner by it. */
const ownedBy = 'ownedBy';

/** The refs of all entities that the entities in an answer of the catalog are related to, at any depth of the answer. */
export function relatedRefs(answer: unknown): Set<string> {
  const refs = new Set<string>();
  visit(answer, ({ relations }) => {
    for (const { type, targetRef } of relations) {
      if (targetRef && type !== ownedBy) refs.add(targetRef);
    }
  });
  return refs;
}

/**
 * Takes out of an answer, in place, the relations with entities that are not visible. An entity that is changed gets another
 * etag: the catalog's own one changes with what was taken out.
 */
export function hideRelations(answer: unknown, visible: ReadonlySet<string>): void {
  visit(answer, entity => {
    const kept = entity.relations.filter(
      ({ type, targetRef }) => type === ownedBy || (targetRef && visible.has(targetRef)),
    );
    if (kept.length === entity.relations.length) return;
    entity.relations = kept;
    if (entity.metadata?.etag) {
      delete entity.metadata.etag;
      entity.metadata.etag = createHash('sha1').update(JSON.stringify(entity)).digest('hex');
    }
  });
}

function visit(value: unknown, onEntity: (entity: Related) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) visit(item, onEntity);
    return;
  }
  if ('relations' in value && isRelated(value)) onEntity(value);
  for (const name of ['items', 'entity'] as const) {
    if (name in value) visit((value as Record<string, unknown>)[name], onEntity);
  }
}

function isRelated(value: object): value is Related {
  return Array.isArray((value as Related).relations);
}
