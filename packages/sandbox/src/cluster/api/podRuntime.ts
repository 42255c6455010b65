import { ContainerLog } from '../kubelet/ContainerLog';
import { Pod } from '../model/workloads';

/** CPU and memory of a container. */
export interface ContainerUsage {
  name: string;
  /** Since the last measurement; 1 is one core. */
  cores: number;
  /** CPU time since it began; seconds. */
  cpuSeconds: number;
  /** What it holds itself, see ContainerThread. */
  bytes: number;
}

/** What a pod uses now. */
export interface PodUsage {
  /** Milliseconds since 1970. */
  at: number;
  windowSeconds: number;
  containers: ContainerUsage[];
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
  /** Undefined while nothing of the pod runs. */
  usage(pod: Pod): Promise<PodUsage | undefined>;
}
