import type { Metric } from '../../prometheus/exposition';
import { PodRuntime } from '../api/podRuntime';
import { kinds } from '../model/resources';
import { Pod } from '../model/workloads';
import { ObjectStore } from '../store/ObjectStore';

/** What the kubelet's /metrics/cadvisor says about the containers that run, measured at their processes. */
export function containerMetrics(store: ObjectStore, runtime: PodRuntime): Metric[] {
  const containers = store.list(kinds.pod).flatMap(object => {
    const { namespace = '', name: pod } = object.metadata;
    return (runtime.usage(object as Pod)?.containers ?? []).map(usage => ({
      labels: { namespace, pod, container: usage.name },
      usage,
    }));
  });
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
