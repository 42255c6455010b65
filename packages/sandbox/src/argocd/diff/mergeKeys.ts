import { isObject, JsonObject } from '../json/json';

/**
 * The fields that tell the items of a list apart, by the name of the list: Kubernetes' `patchMergeKey`
 * (staging/src/k8s.io/api, struct tags). Lists that are not named are one value as a whole.
 */
const keysByList: Record<string, (item: JsonObject, path: string) => string | undefined> = {
  containers: byField('name'),
  initContainers: byField('name'),
  ephemeralContainers: byField('name'),
  env: byField('name'),
  volumes: byField('name'),
  imagePullSecrets: byField('name'),
  volumeMounts: byField('mountPath'),
  volumeDevices: byField('devicePath'),
  hostAliases: byField('ip'),
  topologySpreadConstraints: item => `${item.topologyKey}/${item.whenUnsatisfiable}`,
  ownerReferences: byField('uid'),
  ports: (item, path) => {
    const number = path.startsWith('spec.ports') ? item.port : item.containerPort;
    return number === undefined ? undefined : `${number}/${item.protocol ?? 'TCP'}`;
  },
};

function byField(field: string): (item: JsonObject) => string | undefined {
  return item => (typeof item[field] === 'string' ? (item[field] as string) : undefined);
}

/** The items of a list by key, in order; undefined when the list is one value as a whole. */
export function keyedItems(list: unknown[], path: string): Map<string, JsonObject> | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const keyOf = keysByList[name];
  if (!keyOf) return undefined;
  const items = new Map<string, JsonObject>();
  for (const item of list) {
    const key = isObject(item) ? keyOf(item, path) : undefined;
    if (!isObject(item) || key === undefined || items.has(key)) return undefined;
    items.set(key, item);
  }
  return items;
}
