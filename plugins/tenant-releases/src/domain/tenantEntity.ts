import { type Entity, parseEntityRef } from '@backstage/catalog-model';

/** Annotations of a tenant's entity. */
export const tenantAnnotation = 'tenant-releases.io/tenant';
export const servicesAnnotation = 'tenant-releases.io/services';
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

/** Names of the services that a tenant has, in the order of its entity; other providers list them in `dependsOn`. */
export function servicesOf(entity: Entity): string[] {
  const annotated = entity.metadata.annotations?.[servicesAnnotation]?.split(',') ?? [];
  const listed = Array.isArray(entity.spec?.dependsOn) ? entity.spec.dependsOn : [];
  const names = [...annotated.map(name => name.trim()), ...listed]
    .filter(ref => typeof ref === 'string' && ref !== '')
    .map(ref => parseEntityRef(ref as string, { defaultKind: 'component' }))
    .filter(({ kind }) => kind.toLowerCase() === 'component')
    .map(({ name }) => name);
  return [...new Set(names)];
}
