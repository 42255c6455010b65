import { timestamp } from '../model/clock';
import { Pod } from '../model/workloads';
import { PodRuntime } from './podRuntime';

/** metrics.k8s.io/v1beta1 PodMetrics of the pods that run. */
export async function podMetrics(runtime: PodRuntime, pods: Pod[]): Promise<unknown[]> {
  const usages = await Promise.all(pods.map(pod => runtime.usage(pod)));
  return pods.flatMap((pod, index) => {
    const usage = usages[index];
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
export async function podMetricsList(runtime: PodRuntime, pods: Pod[]): Promise<unknown> {
  return {
    kind: 'PodMetricsList',
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: {},
    items: await podMetrics(runtime, pods),
  };
}
