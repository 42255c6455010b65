import { parseQuantity } from '../../argocd/diff/quantity';
import type { Metric } from '../../prometheus/exposition';
import { KubernetesObject } from '../model/objects';
import { Pod, isPodFinished } from '../model/workloads';

/** spec.hard of a ResourceQuota: `requests.cpu`, `limits.memory`, `pods`, ... */
interface Quota extends KubernetesObject {
  spec?: { hard?: Record<string, string> };
}

/** What the pods use of a resource that a quota names; undefined for what is not counted by pods. */
function used(resource: string, pods: Pod[]): number | undefined {
  if (resource === 'pods') return pods.length;
  const match = /^(requests|limits)\.(.+)$/.exec(resource);
  if (!match) return undefined;
  const kind = match[1] as 'requests' | 'limits';
  return pods
    .flatMap(pod => pod.spec.containers)
    .reduce((sum, { resources }) => sum + (parseQuantity(resources?.[kind]?.[match[2]]) ?? 0), 0);
}

/**
 * https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/policy/resourcequota-metrics.md; the real one
 * reads what is used from the quota's status, which nothing writes here, so that it is counted from the pods.
 */
export function quotaMetrics(quotas: KubernetesObject[], pods: KubernetesObject[]): Metric[] {
  const samples = (quotas as Quota[]).flatMap(({ metadata, spec }) => {
    const own = (pods as Pod[]).filter(
      pod => pod.metadata.namespace === metadata.namespace && !isPodFinished(pod),
    );
    return Object.entries(spec?.hard ?? {}).flatMap(([resource, quantity]) => {
      const values = { hard: parseQuantity(quantity), used: used(resource, own) };
      return Object.entries(values).flatMap(([type, value]) => {
        if (value === undefined) return [];
        const { namespace = '', name } = metadata;
        return [{ labels: { resourcequota: name, namespace, resource, type }, value }];
      });
    });
  });
  const help = 'Information about resource quota.';
  return [{ name: 'kube_resourcequota', type: 'gauge', help, samples }];
}
