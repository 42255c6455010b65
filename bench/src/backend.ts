/**
 * One of the compared backends on Backstage's own core, with sign-in and permissions, in a process of its own. Which one,
 * and its configuration, come from the environment; run.mjs starts it.
 */
import { createBackend } from '@backstage/backend-defaults';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { eventsServiceRef, type EventsService } from '@backstage/plugin-events-node';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const plugins: Record<string, () => Promise<object>> = {
  ours: () => import('@internal/plugin-tenant-releases-backend'),
  roadie: () => import('@roadiehq/backstage-plugin-argo-cd-backend'),
  community: () => import('@backstage-community/plugin-argocd-backend'),
};

let since = { cpu: process.cpuUsage(), at: performance.now() };
let events: EventsService | undefined;

/** Stands for the webhook of a Git host. */
const webhook = createBackendModule({
  pluginId: 'tenant-releases',
  moduleId: 'webhook',
  register: env =>
    env.registerInit({
      deps: { service: eventsServiceRef },
      init: async ({ service }) => {
        events = service;
      },
    }),
});

const delay = monitorEventLoopDelay({ resolution: 5 });

async function start(): Promise<void> {
  const backend = createBackend();
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(import('@internal/plugin-permission-backend-module-tenants'));
  backend.add(plugins[process.env.BENCH_BACKEND!]() as never);
  if (process.env.BENCH_BACKEND === 'ours') backend.add(webhook);
  await backend.start();
  process.send!({ ready: true });
}

interface Question {
  id: number;
  measure?: 'start' | 'end';
  pushed?: true;
}

process.on('message', ({ id, measure, pushed }: Question) => {
  if (pushed) {
    const eventPayload = { ref: 'refs/heads/main', repository: { full_name: 'acme/platform' } };
    events?.publish({ topic: 'github.push', eventPayload });
    return;
  }
  if (measure === 'start') {
    delay.reset();
    delay.enable();
    since = { cpu: process.cpuUsage(), at: performance.now() };
  }
  const { user, system } = process.cpuUsage(since.cpu);
  process.send!({
    id,
    /** Share of one core since the start, 0-1 and above. */
    cpu: (user + system) / 1000 / (performance.now() - since.at),
    eventLoopMaxMs: delay.max / 1e6,
    eventLoopP99Ms: delay.percentile(99) / 1e6,
    memoryMb: process.memoryUsage().rss / 1e6,
    heapMb: measure === 'end' ? heapMb() : undefined,
  });
});

/** What is held: after a collection, where Node.js was started so that it can be asked for. */
function heapMb(): number | undefined {
  if (!globalThis.gc) return undefined;
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

start().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
