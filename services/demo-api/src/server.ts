import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, type Phase } from './app';
import type { Config } from './config';
import type { Log } from './log';
import { createMetrics } from './metrics';
import { work } from './work';

/** A service that listens. */
export interface RunningService {
  /** The TCP port. */
  port: number;
  /**
   * Takes no new connection, lets requests in flight end and cuts off those that take longer than
   * the configured bound. Calling it again waits for the same end.
   *
   * @returns whether every request could end by itself
   */
  stop(): Promise<{ drained: boolean }>;
}

/** How often connections that have become idle are closed while the service drains. */
const idleCheckMilliseconds = 50;

/**
 * Starts the service and returns when it is ready for traffic.
 *
 * @throws the system's error when it cannot listen, for example EADDRINUSE.
 */
export async function startService(config: Config, log: Log): Promise<RunningService> {
  let phase: Phase = 'starting';
  const metrics = createMetrics(config);
  const server = createServer(createApp({ config, log, metrics, phase: () => phase }));
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  // The first call of each is many times slower than the second; no caller should pay for it.
  await Promise.all([work(0), metrics.registry.metrics()]);
  phase = 'ready';
  const { port } = server.address() as AddressInfo;
  log('info', `listening on ${config.host}:${port}`);

  const drain = () =>
    new Promise<{ drained: boolean }>(resolve => {
      phase = 'draining';
      log('info', 'draining');
      let drained = true;
      const idleCheck = setInterval(() => server.closeIdleConnections(), idleCheckMilliseconds);
      const bound = setTimeout(() => {
        drained = false;
        server.closeAllConnections();
      }, config.shutdownMilliseconds);
      server.close(() => {
        clearInterval(idleCheck);
        clearTimeout(bound);
        resolve({ drained });
      });
    });
  let stopped: Promise<{ drained: boolean }> | undefined;
  return {
    port,
    stop: () => {
      stopped ??= drain();
      return stopped;
    },
  };
}
