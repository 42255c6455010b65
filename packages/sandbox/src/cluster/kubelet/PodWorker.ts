import { timestamp } from '../model/clock';
import { jsonEqual } from '../model/json';
import { kinds } from '../model/resources';
import { Container, Pod } from '../model/workloads';
import { ClusterObjects } from '../objects/ClusterObjects';
import { EventRecorder } from '../controllers/EventRecorder';
import { ContainerLog } from './ContainerLog';
import { ContainerHost, ContainerWorker } from './ContainerWorker';
import { Image } from './imageRegistry';
import { podStatus } from './podStatus';
import { KubeletServices } from './services';

/** Says at which loopback port a pod really listens. */
export const portAnnotation = 'sandbox.tenant-releases.io/port';

const manager = 'kubelet';

/** Where a container's log comes from. */
export interface LogSource {
  pod: Pod;
  container: Container;
  image: Image;
}

/** Runs the containers of one pod and reports how it is. */
export class PodWorker implements ContainerHost {
  readonly containers: ContainerWorker[];
  private readonly startTime: string;
  private ending: Promise<void> | undefined;

  constructor(
    readonly pod: Pod,
    readonly podIP: string,
    private readonly services: KubeletServices,
    private readonly objects: ClusterObjects,
    private readonly events: EventRecorder,
    private readonly onLog: (source: LogSource, log: ContainerLog) => void,
    private readonly log: (line: string) => void,
  ) {
    this.startTime = timestamp(services.clock.now());
    this.containers = pod.spec.containers.map(
      container => new ContainerWorker(container, this, services),
    );
  }

  start(): void {
    this.changed();
    for (const worker of this.containers) {
      worker.run().catch(error => this.problem(worker.container.name, error));
    }
  }

  /** Ends the pod softly and then takes it out of the store. Calling it again changes nothing. */
  terminate(graceSeconds: number): Promise<void> {
    this.ending ??= this.end(graceSeconds);
    return this.ending;
  }

  /** Ends the containers and leaves the pod in the store, as when the node goes down. */
  async shutDown(graceMilliseconds: number): Promise<void> {
    await Promise.all(this.containers.map(worker => worker.stop(graceMilliseconds)));
  }

  /** Ends the containers at once; the pod is gone already. */
  kill(): void {
    this.containers.forEach(worker => worker.kill());
  }

  changed(): void {
    const { services, objects } = this;
    const stored = this.stored();
    if (!stored) {
      return;
    }
    const { namespace, name } = stored.metadata;
    const place = {
      podIP: this.podIP,
      hostIP: services.settings.hostIP,
      startTime: this.startTime,
    };
    const statuses = this.containers.map(worker => worker.status);
    const status = podStatus(stored, statuses, place, services.clock.now());
    this.annotate(stored);
    if (!jsonEqual(status, stored.status)) {
      objects.modify(kinds.pod, namespace, name, pod => ({ ...pod, status }), {
        manager,
        subresource: 'status',
      });
    }
  }

  event(type: 'Normal' | 'Warning', reason: string, message: string, container: string): void {
    const stored = this.stored();
    if (stored) {
      this.events.record(stored, {
        type,
        reason,
        message,
        component: 'kubelet',
        fieldPath: `spec.containers{${container}}`,
      });
    }
  }

  problem(container: string, error: unknown): void {
    const { namespace, name } = this.pod.metadata;
    this.log(`kubelet ${namespace}/${name} ${container}: ${error}`);
  }

  opened(log: ContainerLog, container: Container, image: Image): void {
    this.onLog({ pod: this.pod, container, image }, log);
  }

  /** The pod as it is stored now; undefined when it is gone, or another has taken its name. */
  private stored(): Pod | undefined {
    const { namespace, name, uid } = this.pod.metadata;
    const object = this.services.store.get(kinds.pod, namespace, name);
    return object?.metadata.uid === uid ? (object as Pod) : undefined;
  }

  private annotate(stored: Pod): void {
    const port = this.containers[0]?.port;
    const { annotations, namespace, name } = stored.metadata;
    if (port === undefined || annotations?.[portAnnotation] === String(port)) {
      return;
    }
    this.objects.modify(
      kinds.pod,
      namespace,
      name,
      pod => ({
        ...pod,
        metadata: {
          ...pod.metadata,
          annotations: { ...pod.metadata.annotations, [portAnnotation]: String(port) },
        },
      }),
      { manager },
    );
  }

  private async end(graceSeconds: number): Promise<void> {
    for (const worker of this.containers.filter(item => item.thread !== undefined)) {
      const { name } = worker.container;
      this.event('Normal', 'Killing', `Stopping container ${name}`, name);
    }
    await Promise.all(this.containers.map(worker => worker.stop(graceSeconds * 1000)));
    const stored = this.stored();
    if (stored) {
      const { namespace, name, uid } = stored.metadata;
      this.objects.delete(kinds.pod, namespace, name, {
        gracePeriodSeconds: 0,
        preconditions: { uid },
      });
    }
  }
}
