import http from 'node:http';
import { PodRuntime } from './api/podRuntime';
import { Clock } from './model/clock';
import { groupBy } from './model/groupBy';
import { isTerminating } from './model/objects';
import { kinds } from './model/resources';
import { Pod, isPodReady } from './model/workloads';
import { ObjectStore } from './store/ObjectStore';

/** Requests a second for all namespaces that have ready pods, shared evenly: more tenants are no more work. */
const rate = 12;
/** No namespace gets more requests a second than this. */
const highestRate = 3;
const tickMilliseconds = 100;
const requestTimeoutMilliseconds = 5000;

/** What is asked for, and how often of a hundred requests. */
const mix: [path: string, weight: number][] = [
  ['/work', 60],
  ['/', 37],
  ['/favicon.ico', 3],
];

/** A path from {@link mix}; `random` gives numbers from 0 to below 1. */
export function choosePath(random: () => number): string {
  let left = random() * 100;
  for (const [path, weight] of mix) {
    left -= weight;
    if (left < 0) {
      return path;
    }
  }
  return '/';
}

/** The time to the next request of one of so many namespaces, spread evenly around the rate; milliseconds. */
export function nextDelay(random: () => number, namespaces: number): number {
  return (1000 / Math.min(highestRate, rate / namespaces)) * (0.5 + random());
}

/** Pods that can serve, by namespace. */
export function readyPods(store: ObjectStore): Map<string, Pod[]> {
  const pods = store
    .list(kinds.pod)
    .map(object => object as Pod)
    .filter(pod => isPodReady(pod) && !isTerminating(pod));
  return groupBy(pods, pod => pod.metadata.namespace ?? '');
}

function request(port: number, path: string, agent: http.Agent): void {
  const outgoing = http.get({
    host: '127.0.0.1',
    port,
    path,
    agent,
    headers: { 'User-Agent': 'sandbox-load' },
    timeout: requestTimeoutMilliseconds,
  });
  outgoing.once('response', response => response.resume());
  outgoing.once('timeout', () => outgoing.destroy());
  // A pod may end while it is asked. That is for its own metrics and events to tell.
  outgoing.once('error', () => undefined);
}

/** Keeps asking the pods for something, so that their charts and logs have something to show. The answer stops it. */
export function startLoad(
  store: ObjectStore,
  runtime: PodRuntime,
  clock: Clock,
  random: () => number,
): () => void {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
  const due = new Map<string, number>();
  let cancel = () => {};

  function tick() {
    const now = clock.now();
    const pods = readyPods(store);
    for (const [namespace, ready] of pods) {
      // Behind by more than a tick (the machine slept): go on from now instead of catching up.
      let at = Math.max(due.get(namespace) ?? now, now - tickMilliseconds);
      for (; at <= now; at += nextDelay(random, pods.size)) {
        const port = runtime.realPort(ready[Math.floor(random() * ready.length)]);
        if (port !== undefined) {
          request(port, choosePath(random), agent);
        }
      }
      due.set(namespace, at);
    }
    [...due.keys()].filter(namespace => !pods.has(namespace)).forEach(key => due.delete(key));
    cancel = clock.after(tickMilliseconds, tick);
  }

  cancel = clock.after(0, tick);
  return () => {
    cancel();
    agent.destroy();
  };
}
