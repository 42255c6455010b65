import { randomBytes } from 'node:crypto';
import { parseQuantity } from '../../argocd/diff/quantity';
import { sleep, timestamp } from '../model/clock';
import { ContainerState, ContainerStatus, Container, Pod } from '../model/workloads';
import { BackOff, goDuration } from './BackOff';
import { ContainerLog } from './ContainerLog';
import { ContainerThread, Exit } from './ContainerThread';
import { awaitEnvironment } from './awaitEnvironment';
import { containerEnvironment } from './environment';
import { checkHealth } from './health';
import { Image } from './imageRegistry';
import { pullWithBackOff } from './pullWithBackOff';
import { KubeletServices, WaitObserver } from './services';

/** A container that ran this long was well: its next restart waits as little as the first. Milliseconds. */
const wellAfter = 10 * 60 * 1000;

/** What a container's worker tells and asks its pod. */
export interface ContainerHost {
  pod: Pod;
  podIP: string;
  /** The container's status has changed. */
  changed(): void;
  event(type: 'Normal' | 'Warning', reason: string, message: string, container: string): void;
  /** Something went wrong that the pod's status cannot tell. */
  problem(container: string, error: unknown): void;
  /** A run of a container begins, with a log of its own. */
  opened(log: ContainerLog, container: Container, image: Image): void;
}

/** Runs one container of a pod: pulls its image, keeps it running, checks its health. */
export class ContainerWorker {
  current: ContainerLog | undefined;
  previous: ContainerLog | undefined;
  port: number | undefined;
  private state: ContainerState = { waiting: { reason: 'ContainerCreating' } };
  private lastState: ContainerState = {};
  private image: Image | undefined;
  private containerID: string | undefined;
  private startedAt = '';
  private restartCount = 0;
  private ready = false;
  private started = false;
  private child: ContainerThread | undefined;
  private readonly stopping = new AbortController();
  private readonly crashes: BackOff;
  private readonly observer: WaitObserver = {
    event: (type, reason, message) => this.event(type, reason, message),
    waiting: (reason, message) => this.set({ waiting: { reason, message } }),
  };

  constructor(
    readonly container: Container,
    private readonly host: ContainerHost,
    private readonly services: KubeletServices,
  ) {
    this.crashes = new BackOff(services.settings.crashBackOff);
  }

  /** While it runs. */
  get thread(): ContainerThread | undefined {
    return this.child?.running ? this.child : undefined;
  }

  get status(): ContainerStatus {
    const { container, image, containerID } = this;
    return {
      name: container.name,
      state: this.state,
      lastState: this.lastState,
      ready: this.ready,
      restartCount: this.restartCount,
      image: image?.name ?? container.image,
      imageID: image?.id ?? '',
      ...(containerID ? { containerID } : {}),
      started: this.started,
    };
  }

  /** Runs until the container has ended for good or {@link stop} was called. */
  async run(): Promise<void> {
    const { services, container } = this;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.image = await pullWithBackOff(services, container, signal, this.observer);
      if (!this.image) {
        return;
      }
      const exit = await this.runOnce(this.image);
      if (signal.aborted || !exit || !this.restarts(exit)) {
        return;
      }
      await this.waitToRestart();
    }
  }

  /** Ends the container: SIGTERM, and SIGKILL after the grace period (milliseconds). */
  async stop(graceMilliseconds: number): Promise<void> {
    this.stopping.abort();
    const { child } = this;
    if (!child?.running) {
      return;
    }
    await this.end(child, graceMilliseconds);
  }

  /** Ends the container at once. */
  kill(): void {
    this.stopping.abort();
    this.child?.signal('SIGKILL');
  }

  private set(state: ContainerState, running?: { ready: boolean; started: boolean }): void {
    this.state = state;
    this.ready = running?.ready ?? false;
    this.started = running?.started ?? false;
    this.host.changed();
  }

  private event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.host.event(type, reason, message, this.container.name);
  }

  /** Runs the program once, to its end; undefined when it was not started. */
  private async runOnce(image: Image): Promise<Exit | undefined> {
    const { services, container, host, stopping } = this;
    const port = await services.ports.take();
    try {
      const facts = { port, podIP: host.podIP, hostIP: services.settings.hostIP };
      const environment = await awaitEnvironment(
        services,
        () => containerEnvironment(services.store, host.pod, container, image, facts),
        stopping.signal,
        this.observer,
      );
      if (!environment || stopping.signal.aborted) {
        return undefined;
      }
      this.containerID = `containerd://${randomBytes(32).toString('hex')}`;
      this.port = port;
      this.previous = this.current ?? this.previous;
      this.current = new ContainerLog(services.lineTime);
      host.opened(this.current, container, image);
      this.event('Normal', 'Created', 'Container created');
      const limit = parseQuantity(container.resources?.limits?.memory);
      const child = new ContainerThread(services.program, environment, this.current, limit);
      this.child = child;
      this.startedAt = timestamp(services.clock.now());
      const begun = services.clock.now();
      this.event('Normal', 'Started', 'Container started');
      this.set(
        { running: { startedAt: this.startedAt } },
        {
          ready: !container.readinessProbe && !container.startupProbe,
          started: !container.startupProbe,
        },
      );
      const checking = this.checkHealth(child, port);
      const exit = await child.exited;
      checking.abort();
      if (services.clock.now() - begun > wellAfter) {
        this.crashes.reset();
      }
      this.ended(exit);
      return exit;
    } finally {
      this.port = undefined;
      services.ports.release(port);
    }
  }

  private ended(exit: Exit): void {
    this.set({
      terminated: {
        exitCode: exit.code,
        reason: exit.reason,
        startedAt: this.startedAt,
        finishedAt: timestamp(this.services.clock.now()),
        containerID: this.containerID ?? '',
      },
    });
  }

  private restarts(exit: Exit): boolean {
    const policy = this.host.pod.spec.restartPolicy ?? 'Always';
    return policy === 'Always' || (policy === 'OnFailure' && exit.code !== 0);
  }

  /** The first restart comes at once, each further one later than the one before. */
  private async waitToRestart(): Promise<void> {
    const { services, container, host } = this;
    const ended = this.state;
    if (this.restartCount > 0) {
      const delay = this.crashes.next();
      const { name, namespace, uid } = host.pod.metadata;
      const pod = `${name}_${namespace}(${uid})`;
      this.lastState = ended;
      this.event(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${container.name} in pod ${pod}`,
      );
      this.set({
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off ${goDuration(delay)} restarting failed container=${
            container.name
          } pod=${pod}`,
        },
      });
      await sleep(services.clock, delay, this.stopping.signal);
    }
    this.lastState = ended;
    this.restartCount += 1;
  }

  private checkHealth(child: ContainerThread, port: number): AbortController {
    const { container, host, services } = this;
    const running = () => ({ running: { startedAt: this.startedAt } });
    return checkHealth(
      services.clock,
      container,
      { port, podIP: host.podIP },
      {
        onStarted: () => this.set(running(), { ready: !container.readinessProbe, started: true }),
        onReady: ready => {
          if (this.ready !== ready) {
            this.set(running(), { ready, started: true });
          }
        },
        onFailure: (kind, why) =>
          this.event('Warning', 'Unhealthy', `${kind} probe failed: ${why}`),
        onProblem: error => host.problem(container.name, error),
        onUnhealthy: kind => {
          const probe = kind.toLowerCase();
          this.event(
            'Normal',
            'Killing',
            `Container ${container.name} failed ${probe} probe, will be restarted`,
          );
          void this.end(child, (host.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000);
        },
      },
    );
  }

  private async end(child: ContainerThread, graceMilliseconds: number): Promise<void> {
    child.signal('SIGTERM');
    const cancel = this.services.clock.after(graceMilliseconds, () => child.signal('SIGKILL'));
    await child.exited;
    cancel();
  }
}
