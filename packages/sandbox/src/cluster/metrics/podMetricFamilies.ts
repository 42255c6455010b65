import { parseQuantity } from '../../argocd/diff/quantity';
import type { Metric, MetricSample } from '../../prometheus/exposition';
import { KubernetesObject } from '../model/objects';
import { Container, Pod } from '../model/workloads';

const units: Record<string, string> = { cpu: 'core', memory: 'byte', 'ephemeral-storage': 'byte' };

type Labels = Record<string, string>;

function resources(pod: Pod, labels: Labels, kind: 'requests' | 'limits'): MetricSample[] {
  const ofContainer = (container: Container) =>
    Object.entries(container.resources?.[kind] ?? {}).flatMap(([resource, quantity]) => {
      const value = parseQuantity(quantity);
      if (value === undefined) return [];
      const own = {
        container: container.name,
        node: pod.spec.nodeName ?? '',
        resource: resource.replace(/-/g, '_'),
        unit: units[resource] ?? 'integer',
      };
      return [{ labels: { ...labels, ...own }, value }];
    });
  return pod.spec.containers.flatMap(ofContainer);
}

function waiting({ status }: Pod, labels: Labels): MetricSample[] {
  return (status?.containerStatuses ?? []).flatMap(({ name, state }) =>
    state.waiting
      ? [{ labels: { ...labels, container: name, reason: state.waiting.reason }, value: 1 }]
      : [],
  );
}

function restarts({ status }: Pod, labels: Labels): MetricSample[] {
  return (status?.containerStatuses ?? []).map(({ name, restartCount }) => ({
    labels: { ...labels, container: name },
    value: restartCount,
  }));
}

/** https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/pod-metrics.md */
export function podMetricFamilies(objects: KubernetesObject[]): Metric[] {
  const metric = (
    name: string,
    help: string,
    samples: (pod: Pod, labels: Labels) => MetricSample[],
    type: Metric['type'] = 'gauge',
  ): Metric => ({
    name,
    type,
    help,
    samples: (objects as Pod[]).flatMap(pod => {
      const { namespace = '', name: own, uid } = pod.metadata;
      return samples(pod, { namespace, pod: own, uid });
    }),
  });
  return [
    metric(
      'kube_pod_container_status_restarts_total',
      'The number of container restarts per container.',
      restarts,
      'counter',
    ),
    metric(
      'kube_pod_container_status_waiting_reason',
      'Describes the reason the container is currently in waiting state.',
      waiting,
    ),
    metric(
      'kube_pod_container_resource_requests',
      'The number of requested request resource by a container.',
      (pod, labels) => resources(pod, labels, 'requests'),
    ),
    metric(
      'kube_pod_container_resource_limits',
      'The number of requested limit resource by a container.',
      (pod, labels) => resources(pod, labels, 'limits'),
    ),
  ];
}
