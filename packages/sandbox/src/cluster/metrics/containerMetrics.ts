import type { Metric } from '../../prometheus/exposition';
import { PodRuntime } from '../api/podRuntime';
import { kinds } from '../model/resources';
import { Pod } from '../model/workloads';
import { ObjectStore } from '../store/ObjectStore';

/** What the kubelet's /metrics/cadvisor says about the containers that run. */
export async function containerMetrics(store: ObjectStore, runtime: PodRuntime): Promise<Metric[]> {
  const pods = store.list(kinds.pod).map(object => object as Pod);
  const usages = await Promise.all(pods.map(pod => runtime.usage(pod)));
  const containers = pods.flatMap(({ metadata: { namespace = '', name: pod } }, index) =>
    (usages[index]?.containers ?? []).map(usage => ({
      labels: { namespace, pod, container: usage.name },
      usage,
    })),
  );
  return [
    {
      name: 'container_cpu_usage_seconds_total',
      type: 'counter',
      help: 'Cumulative cpu time consumed in seconds.',
      samples: containers.map(({ labels, usage }) => ({
        labels: { ...labels, cpu: 'total' },
        value: usage.cpuSeconds,
      })),
    },
    {
      name: 'container_memory_working_set_bytes',
      type: 'gauge',
      help: 'Current working set in bytes.',
      samples: containers.map(({ labels, usage }) => ({ labels, value: usage.bytes })),
    },
  ];
}
