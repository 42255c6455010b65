import { labelName, type Metric } from '../../prometheus/exposition';
import { KubernetesObject } from '../model/objects';

/** Only labels and annotations of the platform are shown, as in gitops/platform/prometheus/kube-state-metrics. */
const ownKeys = /^tenant-releases\.io\//;

function converted(prefix: string, map: Record<string, string> | undefined) {
  return Object.fromEntries(
    Object.entries(map ?? {})
      .filter(([key]) => ownKeys.test(key))
      .map(([key, value]) => [`${prefix}_${labelName(key)}`, value]),
  );
}

/** https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/cluster/namespace-metrics.md */
export function namespaceMetrics(namespaces: KubernetesObject[]): Metric[] {
  const info = (
    name: string,
    prefix: string,
    map: (object: KubernetesObject) => Record<string, string> | undefined,
  ): Metric => ({
    name,
    type: 'gauge',
    help: `Kubernetes ${prefix}s converted to Prometheus labels.`,
    samples: namespaces.map(object => ({
      labels: { namespace: object.metadata.name, ...converted(prefix, map(object)) },
      value: 1,
    })),
  });
  return [
    info('kube_namespace_labels', 'label', ({ metadata }) => metadata.labels),
    info('kube_namespace_annotations', 'annotation', ({ metadata }) => metadata.annotations),
  ];
}
