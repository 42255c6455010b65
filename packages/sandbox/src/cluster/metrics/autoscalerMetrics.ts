import type { Metric } from '../../prometheus/exposition';
import { KubernetesObject } from '../model/objects';

interface Autoscaler extends KubernetesObject {
  spec: { maxReplicas: number };
  status?: { currentReplicas?: number };
}

/** https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/horizontalpodautoscaler-metrics.md */
export function autoscalerMetrics(objects: KubernetesObject[]): Metric[] {
  const metric = (name: string, help: string, value: (item: Autoscaler) => number): Metric => ({
    name,
    type: 'gauge',
    help,
    samples: (objects as Autoscaler[]).map(item => {
      const { namespace = '', name: own } = item.metadata;
      return { labels: { namespace, horizontalpodautoscaler: own }, value: value(item) };
    }),
  });
  return [
    metric(
      'kube_horizontalpodautoscaler_spec_max_replicas',
      'Upper limit for the number of pods that can be set by the autoscaler.',
      ({ spec }) => spec.maxReplicas,
    ),
    metric(
      'kube_horizontalpodautoscaler_status_current_replicas',
      'Current number of replicas of pods managed by this autoscaler.',
      ({ status }) => status?.currentReplicas ?? 0,
    ),
  ];
}
