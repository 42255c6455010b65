import { RetryLoop, type RetryLoopOptions } from './RetryLoop';
import type { SourceMonitor } from './SourceMonitor';

/** Milliseconds between two probes: with 2 s for an answer and a second try, an outage is known within 10 s. */
const probeIntervalMs = 4_000;

/** What a probe tells besides its monitor, and how it is limited. */
export interface ProbeOptions extends Pick<RetryLoopOptions, 'maxRetryAfterMs'> {
  /** Each time that the upstream answers. */
  onAlive?(): void;
  /** The upstream answers after it had failed to, more than once. */
  onRecovered?(): void;
}

/** A loop that asks an upstream for a light sign of life and reports to its monitor. */
export function createProbe(
  monitor: SourceMonitor,
  probe: () => Promise<void>,
  { onAlive, onRecovered, maxRetryAfterMs }: ProbeOptions = {},
): RetryLoop {
  let failures = 0;
  return new RetryLoop({
    step: async () => {
      await probe();
      monitor.succeeded('probe');
      if (failures > 1) onRecovered?.();
      failures = 0;
      onAlive?.();
      return probeIntervalMs;
    },
    onError: error => {
      failures += 1;
      monitor.failed('probe', error);
    },
    maxBackoffMs: 2_000,
    maxRetryAfterMs,
  });
}
