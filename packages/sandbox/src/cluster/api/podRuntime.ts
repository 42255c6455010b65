import { ContainerLog } from '../kubelet/ContainerLog';
import { Pod } from '../model/workloads';

/** CPU and memory of a container's process. */
export interface ContainerUsage {
  name: string;
  /** Since the last measurement; 1 is one core. */
  cores: number;
  /** CPU time since the process began; seconds. */
  cpuSeconds: number;
  /** Resident set. */
  bytes: number;
}

/** What the API asks of the kubelet. */
export interface PodRuntime {
  /** What a container has printed in this run, or in the one before; undefined when there was no such run. */
  containerLog(pod: Pod, container: string, previous: boolean): ContainerLog | undefined;
  /**
   * The loopback port behind a port of a pod, by number or name; without one, behind the first.
   * undefined while nothing runs there.
   */
  realPort(pod: Pod, port?: string): number | undefined;
  /** What a pod's processes use now; undefined while it cannot be measured. */
  usage(pod: Pod): { at: number; windowSeconds: number; containers: ContainerUsage[] } | undefined;
}
