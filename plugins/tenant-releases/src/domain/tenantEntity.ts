import { type Entity, parseEntityRef } from '@backstage/catalog-model';

/** Annotations of a tenant's entity. */
export const tenantAnnotation = 'tenant-releases.io/tenant';
export const fileErrorAnnotation = 'tenant-releases.io/file-error';

/** Which entities are tenants, and which are services, as filters of extensions. */
export const tenantFilter = { kind: 'resource', 'spec.type': 'tenant' };
export const serviceFilter = { kind: 'component', 'spec.type': 'service' };

/** The tenant that an entity stands for. */
export function tenantOf(entity: Entity): string {
  return entity.metadata.annotations?.[tenantAnnotation] ?? entity.metadata.name;
}

/** What is wrong with the tenant's file in Git, when its entity is from an older, good one. */
export function fileErrorOf(entity: Entity): string | undefined {
  return entity.metadata.annotations?.[fileErrorAnnotation] || undefined;
}

/** Names of the services that a tenant has, in the order of its entity. */
export function servicesOf(entity: Entity): string[] {
  const related = (entity.relations ?? [])
    .filter(({ type }) => type === 'dependsOn')
    .map(({ targetRef }) => targetRef);
  const listed = Array.isArray(entity.spec?.dependsOn) ? entity.spec.dependsOn : [];
  const refs = [...listed, ...related].filter(ref => typeof ref === 'string');
  const names = refs
    .map(ref => parseEntityRef(ref, { defaultKind: 'component' }))
    .filter(({ kind }) => kind.toLowerCase() === 'component')
    .map(({ name }) => name);
  return [...new Set(names)];
}
