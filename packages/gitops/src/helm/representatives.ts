import type { Tenant } from '../check/tenants';

/** What a chart puts into texts and labels, and never decides by. */
const namesOnly = new Set(['name', 'displayName', 'owner', 'contact', 'ring', 'hold']);

/**
 * One tenant of each kind: those that differ in nothing but names and the version are rendered alike. For a change of a
 * chart, which thousands of tenants need not prove one by one.
 *
 * @param own - tenants that are rendered anyway
 */
export function representatives(tenants: readonly Tenant[], own: ReadonlySet<string>): Tenant[] {
  const kinds = new Set<string>();
  return tenants.filter(({ name, file }) => {
    if (!file) return false;
    const kind = JSON.stringify({
      ...file,
      tenant: Object.entries(file.tenant).filter(([key]) => !namesOnly.has(key)),
      image: { ...file.image, tag: '' },
    });
    const isNew = !kinds.has(kind);
    kinds.add(kind);
    return isNew || own.has(name);
  });
}
