import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { StartServer } from '../settings';
import { createLokiApp } from './http/router';
import { LogStore } from './store/logStore';
import { fromMilliseconds } from './time';

const expireEveryMilliseconds = 60_000;

/**
 * Starts the platform's Loki: a part of its HTTP API over a store of its own under
 * `<stateDir>/loki`.
 *
 * @throws the system's error when it cannot listen, for example EADDRINUSE.
 */
export const startLoki: StartServer = async settings => {
  const log = (line: string) => process.stdout.write(`loki: ${line}\n`);
  const store = new LogStore({ directory: path.join(settings.stateDir, 'loki') });
  if (store.unreadable > 0) log(`passed over ${store.unreadable} records that are not whole`);
  const now = () => fromMilliseconds(Date.now());
  const server = createServer(createLokiApp({ store, now, log }));
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(settings.ports.loki, '127.0.0.1', resolve);
    });
  } catch (error) {
    store.close();
    throw error;
  }
  const timer = setInterval(() => store.expire(), expireEveryMilliseconds);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: async () => {
      clearInterval(timer);
      await new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      });
      store.close();
    },
  };
};
