import http from 'node:http';
import net from 'node:net';
import { Clock, sleep } from '../model/clock';
import { Container, Probe } from '../model/workloads';

/** What one check has found; the text is the real kubelet's. */
export type ProbeResult = { healthy: true } | { healthy: false; why: string };

/** Which of a container's probes. */
export type ProbeKind = 'Startup' | 'Readiness' | 'Liveness';

/** Where a probe goes: the process' port, and the address by which the pod is known. */
export interface ProbeTarget {
  port: number;
  podIP: string;
  containerPort: number;
}

const connectRetryMilliseconds = 40;

/** True when something accepts connections at a loopback port. */
export function accepts(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect({ host: '127.0.0.1', port });
    const finish = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

function httpCheck(probe: Probe, target: ProbeTarget): Promise<ProbeResult> {
  const { path = '/', httpHeaders = [] } = probe.httpGet ?? {};
  const at = `${target.podIP}:${target.containerPort}`;
  const milliseconds = (probe.timeoutSeconds ?? 1) * 1000;
  return new Promise(resolve => {
    const request = http.get({
      host: '127.0.0.1',
      port: target.port,
      path: path.startsWith('/') ? path : `/${path}`,
      agent: false,
      headers: {
        'User-Agent': 'kube-probe/1.36',
        ...Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value])),
      },
    });
    const timer = setTimeout(() => {
      request.destroy();
      resolve({
        healthy: false,
        why: `Get "http://${at}${path}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      });
    }, milliseconds);
    timer.unref();
    request.once('response', response => {
      clearTimeout(timer);
      response.resume();
      const status = response.statusCode ?? 0;
      resolve(
        status >= 200 && status < 400
          ? { healthy: true }
          : { healthy: false, why: `HTTP probe failed with statuscode: ${status}` },
      );
    });
    request.once('error', error => {
      clearTimeout(timer);
      const refused = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
      resolve({
        healthy: false,
        why: `Get "http://${at}${path}": ${
          refused ? `dial tcp ${at}: connect: connection refused` : error.message
        }`,
      });
    });
  });
}

/** Runs one check. Probes other than httpGet and tcpSocket cannot run here and count as passed. */
export async function check(probe: Probe, target: ProbeTarget): Promise<ProbeResult> {
  if (probe.httpGet) {
    return httpCheck(probe, target);
  }
  if (probe.tcpSocket && !(await accepts(target.port))) {
    const at = `${target.podIP}:${target.containerPort}`;
    return { healthy: false, why: `dial tcp ${at}: connect: connection refused` };
  }
  return { healthy: true };
}

/**
 * Waits until the process listens, at most one period of the probe: the first check then comes when it can succeed and
 * not a whole period later.
 */
async function untilListening(
  clock: Clock,
  probe: Probe,
  port: number,
  signal: AbortSignal,
): Promise<void> {
  const end = clock.now() + (probe.periodSeconds ?? 10) * 1000;
  while (!signal.aborted && clock.now() < end && !(await accepts(port))) {
    await sleep(clock, connectRetryMilliseconds, signal);
  }
}

/**
 * Checks again and again until `signal` is aborted or `until` says that it is enough. `onChange` hears when a threshold is
 * reached: true after successThreshold passes, false after failureThreshold failures; `onFailure` hears of each failure.
 */
export async function runProbe(
  clock: Clock,
  probe: Probe,
  target: ProbeTarget,
  signal: AbortSignal,
  handlers: {
    onChange: (healthy: boolean) => void;
    onFailure: (why: string) => void;
    until?: (healthy: boolean) => boolean;
  },
): Promise<void> {
  if (probe.initialDelaySeconds) {
    await sleep(clock, probe.initialDelaySeconds * 1000, signal);
  } else {
    await untilListening(clock, probe, target.port, signal);
  }
  let passes = 0;
  let failures = 0;
  while (!signal.aborted) {
    const result = await check(probe, target);
    if (signal.aborted) {
      return;
    }
    passes = result.healthy ? passes + 1 : 0;
    failures = result.healthy ? 0 : failures + 1;
    if (!result.healthy) {
      handlers.onFailure(result.why);
    }
    const reached = result.healthy
      ? passes >= (probe.successThreshold ?? 1)
      : failures >= (probe.failureThreshold ?? 3);
    if (reached) {
      handlers.onChange(result.healthy);
      if (handlers.until?.(result.healthy)) {
        return;
      }
    }
    await sleep(clock, (probe.periodSeconds ?? 10) * 1000, signal);
  }
}

/** The container port that a probe names. */
export function probePort(container: Container, probe: Probe): number {
  const port = (probe.httpGet ?? probe.tcpSocket)?.port;
  const named = container.ports?.find(item => item.name === port)?.containerPort;
  return typeof port === 'number' ? port : named ?? container.ports?.[0]?.containerPort ?? 0;
}
