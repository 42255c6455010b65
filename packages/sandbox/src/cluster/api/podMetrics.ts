import { timestamp } from '../model/clock';
import { Pod } from '../model/workloads';
import { PodRuntime } from './podRuntime';

/** metrics.k8s.io/v1beta1 PodMetrics of the pods whose processes can be measured. */
export function podMetrics(runtime: PodRuntime, pods: Pod[]): unknown[] {
  return pods.flatMap(pod => {
    const usage = runtime.usage(pod);
    return usage
      ? [
          {
            metadata: {
              name: pod.metadata.name,
              namespace: pod.metadata.namespace,
              creationTimestamp: timestamp(usage.at),
              ...(pod.metadata.labels ? { labels: pod.metadata.labels } : {}),
            },
            timestamp: timestamp(usage.at),
            window: `${usage.windowSeconds.toFixed(3)}s`,
            containers: usage.containers.map(container => ({
              name: container.name,
              usage: {
                cpu: `${Math.round(container.cores * 1e9)}n`,
                memory: `${Math.round(container.bytes / 1024)}Ki`,
              },
            })),
          },
        ]
      : [];
  });
}

/** A list answer of {@link podMetrics}. */
export function podMetricsList(runtime: PodRuntime, pods: Pod[]): unknown {
  return {
    kind: 'PodMetricsList',
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: {},
    items: podMetrics(runtime, pods),
  };
}
