/**
 * How lists inside built-in kinds are merged: by these keys, as a set, or not at all (undefined: replaced as a whole).
 * Source: x-kubernetes-list-type, x-kubernetes-list-map-keys and x-kubernetes-patch-merge-key in Kubernetes' OpenAPI document.
 */
export type ListMerge = { keys: string[] } | 'set' | undefined;

const byName: ListMerge = { keys: ['name'] };

const merges: Record<string, ListMerge> = {
  containers: byName,
  initContainers: byName,
  ephemeralContainers: byName,
  env: byName,
  volumes: byName,
  imagePullSecrets: byName,
  secrets: byName,
  resourceClaims: byName,
  volumeMounts: { keys: ['mountPath'] },
  volumeDevices: { keys: ['devicePath'] },
  hostAliases: { keys: ['ip'] },
  conditions: { keys: ['type'] },
  ownerReferences: { keys: ['uid'] },
  topologySpreadConstraints: { keys: ['topologyKey', 'whenUnsatisfiable'] },
  podIPs: { keys: ['ip'] },
  finalizers: 'set',
};

/** Defaults that the API server fills into merge keys before it compares them. */
const keyDefaults: Record<string, string> = { protocol: 'TCP' };

/**
 * @param path - names of the fields from the root to the list; list items do not appear in it
 * @param custom - custom resources have no merge keys except in metadata
 */
export function listMerge(path: readonly string[], custom: boolean): ListMerge {
  if (custom && path[0] !== 'metadata') {
    return undefined;
  }
  const name = path[path.length - 1];
  if (name === 'ports') {
    const owner = path[path.length - 2];
    if (owner === 'containers' || owner === 'initContainers') {
      return { keys: ['containerPort', 'protocol'] };
    }
    return path.length === 2 ? { keys: ['port', 'protocol'] } : undefined;
  }
  return merges[name];
}

/** The values of an item's merge keys; undefined when one is missing, so that the item has no identity. */
export function mergeKeyOf(item: unknown, keys: string[]): Record<string, unknown> | undefined {
  if (typeof item !== 'object' || item === null) {
    return undefined;
  }
  const fields = item as Record<string, unknown>;
  const entries = keys.map(key => [key, fields[key] ?? keyDefaults[key]] as const);
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
}
