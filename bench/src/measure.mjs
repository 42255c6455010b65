/** Helpers of the scenarios: waiting and repeating. */
import { setTimeout as delay } from 'node:timers/promises';

/** Times of `count` calls one after another, in milliseconds. */
export async function sample(count, call) {
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const started = performance.now();
    await call(index);
    times.push(performance.now() - started);
  }
  return times;
}

/** Waits until a check answers true; fails after a minute, or another time. */
export async function eventually(check, { everyMs = 20, forMs = 60_000 } = {}) {
  const until = performance.now() + forMs;
  while (!(await check())) {
    if (performance.now() > until) throw new Error(`did not come true within ${forMs / 1000} s`);
    await delay(everyMs);
  }
}

/** Waits until the portal's backend knows all of its sources. */
export async function ready(ours) {
  await eventually(async () => {
    const { status, body } = await ours.tryFleet();
    return (
      status === 200 && body.totalItems > 0 && body.sources.every(({ state }) => state === 'ok')
    );
  });
}

/** Waits until no upstream has been asked for data for two seconds. */
export async function settle(bench) {
  for (let last = -1, tries = 0; tries < 15; tries += 1) {
    const counts = await bench.counts();
    const now = Object.values(counts).reduce((total, { requests }) => total + requests, 0);
    if (now - last <= 2 && last >= 0) return;
    last = now;
    await delay(2_000);
  }
}
