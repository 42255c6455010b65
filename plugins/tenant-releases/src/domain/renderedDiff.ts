import type { ObjectDiff, RenderedDiff } from '@internal/plugin-tenant-releases-common';

/** `Deployment demo-api`, with its namespace where it has one. */
export function nameObject({ kind, name, namespace }: ObjectDiff): string {
  return `${kind} ${name}${namespace ? ` in ${namespace}` : ''}`;
}

/** How many objects differ, in a few words. */
export function describeRendered({ objects, unchanged, truncated }: RenderedDiff): string {
  const all = objects.length + unchanged;
  const of = `${all} ${all === 1 ? 'object' : 'objects'}`;
  if (objects.length === 0) return `all ${of} are the same`;
  const differ = objects.length === 1 ? 'differs' : 'differ';
  return `${objects.length} of ${of} ${differ}${truncated ? '; not all is shown' : ''}`;
}
