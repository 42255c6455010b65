import { parseQuantity } from '../diff/quantity';
import { objectAt, stringAt, valueAt } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';
import { isEnded, podRequest } from './podInfo';

/** A node of the cluster with the share that an application asks for; amounts in thousandths. */
export interface ResourceHost {
  name: string;
  resourcesInfo: Array<{
    resourceName: string;
    requestedByApp?: number;
    requestedByNeighbors?: number;
    capacity?: number;
  }>;
  systemInfo: Record<string, unknown>;
}

const systemFields = [
  'machineID',
  'systemUUID',
  'bootID',
  'kernelVersion',
  'osImage',
  'containerRuntimeVersion',
  'kubeletVersion',
  'kubeProxyVersion',
  'operatingSystem',
  'architecture',
];

/** The nodes on which an application's pods are. */
export function hostsOf(
  pods: KubernetesObject[],
  source: { list(group: string, kind: string): KubernetesObject[] },
): ResourceHost[] {
  const names = new Set(pods.flatMap(pod => stringAt(pod, 'spec', 'nodeName') ?? []));
  if (names.size === 0) return [];
  const own = new Set(pods.map(pod => pod.metadata.uid));
  const all = source.list('', 'Pod').filter(pod => !isEnded(pod));
  return source
    .list('', 'Node')
    .filter(node => names.has(node.metadata.name))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map(node => {
      const here = all.filter(pod => stringAt(pod, 'spec', 'nodeName') === node.metadata.name);
      const info = objectAt(node, 'status', 'nodeInfo');
      return {
        name: node.metadata.name,
        resourcesInfo: (['cpu', 'memory'] as const).map(resource => {
          const sum = (some: KubernetesObject[]) =>
            some.reduce((total, pod) => total + podRequest(pod, resource), 0);
          const byApp = sum(here.filter(pod => own.has(pod.metadata.uid)));
          const byOthers = sum(here.filter(pod => !own.has(pod.metadata.uid)));
          const capacity = parseQuantity(valueAt(node, 'status', 'capacity', resource));
          return {
            resourceName: resource,
            ...(byApp ? { requestedByApp: byApp } : {}),
            ...(byOthers ? { requestedByNeighbors: byOthers } : {}),
            ...(capacity ? { capacity: Math.round(capacity * 1000) } : {}),
          };
        }),
        systemInfo: Object.fromEntries(systemFields.map(field => [field, info[field] ?? ''])),
      };
    });
}
