import { Clock } from '../model/clock';
import { Container, Probe } from '../model/workloads';
import { ProbeKind, probePort, runProbe } from './probes';

/** What the checks of a container find out. */
export interface HealthObserver {
  /** The startup probe has passed; not called without one. */
  onStarted(): void;
  onReady(ready: boolean): void;
  /** One check has failed. */
  onFailure(kind: ProbeKind, why: string): void;
  /** So many have failed that the container has to be restarted. Called once. */
  onUnhealthy(kind: ProbeKind): void;
  /** Something went wrong that no probe should cause. */
  onProblem(error: unknown): void;
}

/**
 * Runs the probes of a container that has just started: the startup probe first, the other two when it has passed.
 * Abort what is returned to stop them.
 */
export function checkHealth(
  clock: Clock,
  container: Container,
  at: { port: number; podIP: string },
  observer: HealthObserver,
): AbortController {
  const checking = new AbortController();

  function start(
    kind: ProbeKind,
    probe: Probe | undefined,
    onChange: (healthy: boolean) => void,
    until?: () => boolean,
  ): void {
    if (probe) {
      const target = { ...at, containerPort: probePort(container, probe) };
      const onFailure = (why: string) => observer.onFailure(kind, why);
      runProbe(clock, probe, target, checking.signal, { onChange, onFailure, until }).catch(error =>
        observer.onProblem(error),
      );
    }
  }

  function unhealthy(kind: ProbeKind): void {
    checking.abort();
    observer.onUnhealthy(kind);
  }

  function startOthers(): void {
    start('Readiness', container.readinessProbe, healthy => observer.onReady(healthy));
    start('Liveness', container.livenessProbe, healthy => {
      if (!healthy) {
        unhealthy('Liveness');
      }
    });
  }

  if (!container.startupProbe) {
    startOthers();
    return checking;
  }
  start(
    'Startup',
    container.startupProbe,
    healthy => {
      if (healthy) {
        observer.onStarted();
        startOthers();
      } else {
        unhealthy('Startup');
      }
    },
    () => true,
  );
  return checking;
}
