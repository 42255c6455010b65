import { PodRuntime, PodUsage } from '../api/podRuntime';
import { Controller, ControllerContext } from '../controllers/controller';
import { isTerminating, objectKey, splitKey } from '../model/objects';
import { kinds } from '../model/resources';
import { Pod, isPodFinished } from '../model/workloads';
import { ContainerLog } from './ContainerLog';
import { ContainerThread } from './ContainerThread';
import { ContainerWorker } from './ContainerWorker';
import { LogSource, PodWorker } from './PodWorker';
import { KubeletServices } from './services';

/** Milliseconds that pods get when the whole cluster stops; the supervisor waits four seconds in all. */
const shutDownGrace = 2000;
/** CPU use is measured over at least this long, where the container is that old. Milliseconds. */
const usageWindow = 5000;

/** Runs the pods of the node. */
export class Kubelet implements PodRuntime {
  private readonly workers = new Map<string, PodWorker>();
  private readonly samples = new WeakMap<ContainerThread, { at: number; cpuSeconds: number }>();
  private addresses = 0;

  constructor(
    private readonly context: ControllerContext,
    private readonly services: KubeletServices,
    private readonly onLog: (source: LogSource, log: ContainerLog) => void,
  ) {}

  /** The loop that follows the pods in the store. */
  controller(): Controller {
    const { store } = this.services;
    return {
      name: 'kubelet',
      initialKeys: () => store.list(kinds.pod).map(objectKey),
      keysOf: ({ resource, object, previous, type }) =>
        resource === kinds.pod &&
        (type !== 'MODIFIED' || this.isNews(object as Pod, previous as Pod | undefined))
          ? [objectKey(object)]
          : [],
      reconcile: key => this.reconcile(key),
    };
  }

  containerLog(pod: Pod, container: string, previous: boolean): ContainerLog | undefined {
    const worker = this.workers
      .get(pod.metadata.uid)
      ?.containers.find(item => item.container.name === container);
    return previous ? worker?.previous : worker?.current;
  }

  realPort(pod: Pod, port?: string): number | undefined {
    const containers = this.workers.get(pod.metadata.uid)?.containers ?? [];
    const named = containers.find(({ container }) =>
      container.ports?.some(item => String(item.containerPort) === port || item.name === port),
    );
    return port === undefined ? containers[0]?.port : named?.port;
  }

  async usage(pod: Pod): Promise<PodUsage | undefined> {
    const workers = this.workers.get(pod.metadata.uid)?.containers ?? [];
    const measured = await Promise.all(workers.map(worker => this.measure(worker)));
    const found = measured.flatMap(one => one ?? []);
    if (found.length === 0) {
      return undefined;
    }
    return {
      at: this.services.clock.now(),
      windowSeconds: Math.max(...found.map(({ seconds }) => seconds)),
      containers: found.map(({ usage }) => usage),
    };
  }

  /** Ends all pods, as when the node goes down. */
  async close(): Promise<void> {
    const workers = [...this.workers.values()];
    this.workers.clear();
    await Promise.all(workers.map(worker => worker.shutDown(shutDownGrace)));
  }

  private async measure({ thread, container, status }: ContainerWorker) {
    const sample = await thread?.sample();
    if (!thread || !sample) {
      return undefined;
    }
    const now = this.services.clock.now();
    const before = this.samples.get(thread) ?? {
      at: Date.parse(status.state.running?.startedAt ?? '') || now,
      cpuSeconds: 0,
    };
    const seconds = Math.max(0.001, (now - before.at) / 1000);
    if (seconds * 1000 >= usageWindow) {
      this.samples.set(thread, { at: now, cpuSeconds: sample.cpuSeconds });
    }
    const cores = Math.max(0, sample.cpuSeconds - before.cpuSeconds) / seconds;
    return { seconds, usage: { name: container.name, cores, ...sample } };
  }

  /** Of what happens to a pod after its start only binding and deletion concern the kubelet. */
  private isNews(pod: Pod, previous: Pod | undefined): boolean {
    return (
      pod.spec.nodeName !== previous?.spec.nodeName ||
      isTerminating(pod) !== isTerminating(previous ?? pod)
    );
  }

  private reconcile(key: string): void {
    const { namespace, name } = splitKey(key);
    const pod = this.services.store.get(kinds.pod, namespace, name) as Pod | undefined;
    for (const [uid, worker] of this.workers) {
      if (objectKey(worker.pod) === key && uid !== pod?.metadata.uid) {
        worker.kill();
        this.workers.delete(uid);
      }
    }
    if (!pod || pod.spec.nodeName !== this.services.settings.nodeName || isPodFinished(pod)) {
      return;
    }
    const { uid, deletionGracePeriodSeconds } = pod.metadata;
    if (isTerminating(pod)) {
      this.ensureWorker(pod)
        .terminate(deletionGracePeriodSeconds ?? 0)
        .catch(error => this.context.log(`kubelet ${key}: ${error}`));
    } else if (!this.workers.has(uid)) {
      this.ensureWorker(pod).start();
    }
  }

  private ensureWorker(pod: Pod): PodWorker {
    const found = this.workers.get(pod.metadata.uid);
    if (found) {
      return found;
    }
    this.addresses = (this.addresses % (250 * 250)) + 1;
    const podIP = `10.244.${Math.floor(this.addresses / 250)}.${1 + (this.addresses % 250)}`;
    const { services, context, onLog } = this;
    const worker = new PodWorker(
      pod,
      podIP,
      services,
      context.objects,
      context.events,
      onLog,
      context.log,
    );
    this.workers.set(pod.metadata.uid, worker);
    return worker;
  }
}
