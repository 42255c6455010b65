/** What a rollout of the whole fleet costs the backend: an event of a pod is one tenant's affair. */
import { events, mustGet } from './http.mjs';
import { eventually, ready } from './measure.mjs';

const tenants = 5000;
const podsEach = 3;
const perSecond = 1000;
const limitMs = 50;

/** Pods change all the time while one Tenants page is open: its stream, and a list each second. */
export async function podEvents(bench) {
  await bench.fill(tenants, podsEach);
  const ours = await bench.start('ours');
  try {
    await ready(ours);
    const api = `${ours.baseUrl}/api/tenant-releases`;
    const close = await events(`${api}/events`, ours.headers, () => undefined);
    const listing = setInterval(() => ours.fleet().catch(() => undefined), 1000);
    await ours.ask({ measure: 'start' });
    const flood = await bench.standIn.ask({
      podEvents: { perSecond, seconds: bench.quick ? 10 : 40, tag: 'sha-last' },
    });
    const { eventLoopP99Ms, eventLoopMaxMs, cpu } = await ours.ask({ measure: 'end' });
    clearInterval(listing);
    close();
    // The last event is right only once all before it have been read.
    const isRead = async () => {
      const release = await mustGet(`${api}/releases/tenant-0000/demo-api`, ours.headers);
      return release.json().running.some(({ version }) => version === 'sha-last');
    };
    await eventually(isRead, { forMs: 300_000 });
    const lagMs = Date.now() - flood.at;
    const rate = flood.sent / flood.took;
    return [
      {
        what: `event-loop delay at ${perSecond} pod events a second, ${tenants} tenants with ${podsEach} pods each: p99 (ms)`,
        goal: `< ${limitMs}, the last event read within 2 s`,
        result: `${eventLoopP99Ms.toFixed(1)} (longest ${eventLoopMaxMs.toFixed(
          0,
        )}), ${rate.toFixed(0)} events a second, ${(cpu * 100).toFixed(
          0,
        )} % of a core, last event read after ${(lagMs / 1000).toFixed(1)} s`,
        holds: eventLoopP99Ms < limitMs && lagMs <= 2_000 && rate >= perSecond * 0.95,
      },
    ];
  } finally {
    await ours.stop();
  }
}
