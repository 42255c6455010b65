/** What is measured, each with the goal that it is held to. */
import { setTimeout as delay } from 'node:timers/promises';
import { eventually, ready, sample, settle } from './measure.mjs';
import { gitLayouts, gitReader, gitReaderLarge } from './gitReader.mjs';
import { events, mustGet } from './http.mjs';
import { podEvents } from './podEvents.mjs';
import { median, percentile, spread } from './statistics.mjs';

const names = ['ours', 'roadie', 'community'];
const tenant = index => `tenant-${String(index).padStart(4, '0')}`;
const sum = (counts, key) => Object.values(counts).reduce((total, count) => total + count[key], 0);

async function withBackends(bench, run) {
  const started = [];
  try {
    for (const name of names) started.push(await bench.start(name));
    const all = Object.fromEntries(started.map(backend => [backend.name, backend]));
    await ready(all.ours);
    return await run(all);
  } finally {
    await Promise.all(started.map(backend => backend.stop()));
  }
}

/** Upstream calls and time of showing one tenant. */
async function releaseTab(bench) {
  await bench.fill(1000);
  return withBackends(bench, async all => {
    const rows = [];
    const calls = await upstreamCalls(bench, all);
    rows.push({
      what: 'upstream calls for a warm Release tab view',
      goal: '0',
      result: `ours ${calls.ours.toFixed(2)}, Roadie ${calls.roadie.toFixed(
        1,
      )}, community ${calls.community.toFixed(1)}`,
      holds: calls.ours === 0,
    });
    const tenants = Array.from({ length: 20 }, (_, index) => tenant(index * 7));
    for (const name of names) await sample(tenants.length, index => all[name].tab(tenants[index]));
    await settle(bench);
    for (const latencyMs of [0, 20, 100]) {
      await bench.latency(latencyMs);
      const p95 = { ours: [], roadie: [], community: [] };
      for (let round = 0; round < (bench.quick ? 2 : 5); round += 1) {
        for (const name of names) {
          const times = await sample(40, index => all[name].tab(tenants[index % tenants.length]));
          p95[name].push(percentile(times, 0.95));
        }
      }
      const better = Math.min(median(p95.roadie), median(p95.community));
      const ratio = better / median(p95.ours);
      const wanted = { 0: 1, 20: 5, 100: 20 }[latencyMs];
      rows.push({
        what: `Release tab API, p95 at ${latencyMs} ms upstream latency (ms)`,
        goal: `<= 15 ms${latencyMs ? `, >= ${wanted}x faster` : ''}`,
        result: `ours ${spread(p95.ours)}, Roadie ${spread(p95.roadie)}, community ${spread(
          p95.community,
        )}: ${ratio.toFixed(1)}x`,
        holds: median(p95.ours) <= 15 && (latencyMs === 0 || ratio >= wanted),
      });
    }
    return rows;
  });
}

/** Requests to any upstream per view of a tab that was shown before, less what goes on anyway. */
async function upstreamCalls(bench, all) {
  const views = 50;
  const result = {};
  for (const name of names) {
    await all[name].tab(tenant(5));
    await settle(bench);
    const started = performance.now();
    await bench.counts({ reset: true });
    for (let view = 0; view < views; view += 1) await all[name].tab(tenant(5));
    const busy = sum(await bench.counts(), 'requests');
    const seconds = (performance.now() - started) / 1000;
    await bench.counts({ reset: true });
    await delay(seconds * 1000);
    const idle = sum(await bench.counts(), 'requests');
    result[name] = Math.max(0, busy - idle) / views;
  }
  return result;
}

/** The first page of all tenants, and what it costs the wire. */
async function fleetList(bench) {
  const rows = [];
  for (const [count, limitMs] of [
    [1000, 25],
    [5000, 100],
  ]) {
    await bench.fill(count);
    await withBackends(bench, async all => {
      const times = { ours: [], roadie: [], community: [] };
      const bytes = {};
      for (let round = 0; round < (bench.quick ? 1 : 3); round += 1) {
        for (const name of names) {
          const views = name === 'ours' ? 60 : 4;
          times[name].push(
            percentile(
              await sample(views, async () => {
                bytes[name] = (await all[name].fleet()).bytes;
              }),
              0.95,
            ),
          );
        }
      }
      const faster = Math.min(median(times.roadie), median(times.community)) / median(times.ours);
      const smaller = Math.min(bytes.roadie, bytes.community) / bytes.ours;
      rows.push({
        what: `fleet list of ${count} tenants, first page p95 (ms) and gzipped KB`,
        goal: `<= ${limitMs} ms, <= 8 KB, >= 20x faster, >= 90x fewer bytes`,
        result:
          names
            .map(name => `${name} ${spread(times[name])} ms ${(bytes[name] / 1024).toFixed(1)} KB`)
            .join(', ') + `: ${faster.toFixed(0)}x faster, ${smaller.toFixed(0)}x fewer bytes`,
        holds:
          median(times.ours) <= limitMs && bytes.ours <= 8 * 1024 && faster >= 20 && smaller >= 90,
      });
    });
  }
  return rows;
}

/** Fifty people looking at all tenants at the same time. */
async function viewers(bench) {
  await bench.fill(1000);
  return withBackends(bench, async all => {
    const rate = {};
    let eventLoopP99Ms;
    for (const name of names) {
      await all[name].ask({ measure: 'start' });
      rate[name] = await throughput(() => all[name].fleet(), 50, bench.quick ? 5_000 : 15_000);
      const answer = await all[name].ask({ measure: 'end' });
      if (name === 'ours') ({ eventLoopP99Ms } = answer);
    }
    const ratio = rate.ours / Math.max(rate.roadie, rate.community);
    return [
      {
        what: '50 viewers at once on the fleet list of 1000: requests a second',
        goal: '>= 100x the better peer',
        result: `${names
          .map(name => `${name} ${rate[name].toFixed(1)}`)
          .join(', ')}: ${ratio.toFixed(0)}x`,
        holds: ratio >= 100,
      },
      {
        what: 'event-loop delay meanwhile, p99 (ms)',
        goal: '< 50',
        result: eventLoopP99Ms.toFixed(1),
        holds: eventLoopP99Ms < 50,
      },
    ];
  });
}

async function throughput(request, viewersCount, ms) {
  const until = performance.now() + ms;
  const started = performance.now();
  let count = 0;
  await Promise.all(
    Array.from({ length: viewersCount }, async () => {
      while (performance.now() < until) {
        await request();
        count += 1;
      }
    }),
  );
  return count / ((performance.now() - started) / 1000);
}

/** A hundred open tabs on which nobody does anything. */
async function idleTabs(bench) {
  await bench.fill(1000);
  const seconds = bench.quick ? 60 : 600;
  return withBackends(bench, async ({ ours, community }) => {
    await settle(bench);
    const close = await Promise.all(
      Array.from({ length: 100 }, () =>
        events(`${ours.baseUrl}/api/tenant-releases/events`, ours.headers, () => undefined),
      ),
    );
    await bench.counts({ reset: true });
    await delay(seconds * 1000);
    const { requests, probes } = structuredClone((await bench.counts()).argocd);
    close.forEach(end => end());
    await bench.counts({ reset: true });
    for (let index = 0; index < 100; index += 1) await community.poll(tenant(index));
    const polling = sum(await bench.counts(), 'requests') * (seconds / 10);
    return [
      {
        what: `100 open tabs idle for ${seconds / 60} minutes: requests to Argo CD`,
        goal: '<= 1/1000 of the community plugin’s polling',
        result: `ours ${requests} for data, however many tabs are open, and ${probes} for a sign of life; community ${polling}`,
        holds: requests <= polling / 1000,
      },
    ];
  });
}

/** From a change in Argo CD to the API's answer, told by the event stream. */
async function liveChanges(bench) {
  await bench.fill(1000);
  const ours = await bench.start('ours');
  try {
    await ready(ours);
    const api = `${ours.baseUrl}/api/tenant-releases`;
    const sent = new Map();
    const times = [];
    const close = await events(`${api}/events`, ours.headers, async ({ tenants }) => {
      for (const name of tenants ?? []) {
        const change = sent.get(name);
        if (!change) continue;
        const release = (await mustGet(`${api}/releases/${name}/demo-api`, ours.headers)).json();
        if (release.health.message === change.mark && sent.delete(name))
          times.push(performance.now() - change.at);
      }
    });
    const total = bench.quick ? 250 : 1000;
    for (let index = 0; index < total; index += 1) {
      const name = tenant((index * 13) % 1000);
      const mark = `change ${index}`;
      sent.set(name, { at: performance.now(), mark });
      bench.standIn.tell({ change: { name, mark } });
      await delay(20);
    }
    await delay(2_000);
    close();
    const p95 = percentile(times, 0.95);
    return [
      {
        what: 'change in Argo CD to the new answer, 1000 Applications, 50 changes a second: p95 (ms)',
        goal: '<= 1000, none lost',
        result: `${p95.toFixed(0)} (median ${median(times).toFixed(0)}), ${
          sent.size
        } of ${total} lost`,
        holds: p95 <= 1000 && sent.size === 0,
      },
    ];
  } finally {
    await ours.stop();
  }
}

const megabytes = bytes => `${(bytes / 1e6).toFixed(1)} MB`;

/** From the start of the process to a right list of all tenants. */
async function coldStart(bench) {
  const count = 5000;
  await bench.fill(count);
  const full = (await mustGet(`http://localhost:${bench.ports.argocd}/api/v1/applications`, {}))
    .bytes;
  const times = [];
  let bytes;
  for (let round = 0; round < (bench.quick ? 1 : 3); round += 1) {
    await bench.counts({ reset: true });
    const ours = await bench.start('ours');
    const started = performance.now();
    await eventually(async () => {
      const { status, body } = await ours.tryFleet();
      return (
        status === 200 &&
        body.totalItems === count &&
        body.sources.every(({ state }) => state === 'ok') &&
        body.items.every(({ state }) => state === 'in-sync')
      );
    });
    times.push((performance.now() - started) / 1000);
    bytes = structuredClone(await bench.counts());
    await ours.stop();
  }
  return [
    {
      what: 'cold start to a right fleet list of 5000, after Backstage’s own start (s)',
      goal: '<= 3',
      result: spread(times, number => number.toFixed(2)),
      holds: median(times) <= 3,
    },
    {
      what: 'bytes that Argo CD sends for it, uncompressed',
      goal: '<= 1/20 of its full list',
      result: `${megabytes(bytes.argocd.bytes)} of ${megabytes(full)}: 1/${(
        full / bytes.argocd.bytes
      ).toFixed(0)}; besides ${megabytes(bytes.git.bytes)} from Git and ${megabytes(
        bytes.kubernetes.bytes,
      )} from Kubernetes`,
      holds: bytes.argocd.bytes <= full / 20,
    },
  ];
}

/** One of three Argo CD instances takes requests and never answers. */
async function hangingInstance(bench) {
  await bench.fill(1000);
  const ours = await bench.start('ours', { instances: 3 });
  try {
    await ready(ours);
    await bench.hang('argocd1');
    await delay(15_000);
    const times = await sample(60, () => ours.fleet());
    const list = (await ours.fleet()).json();
    const affected = list.items.filter((_, index) => index % 3 === 1);
    const aged = affected.filter(({ staleSeconds }) => staleSeconds > 0).length;
    const others = list.items.filter(
      ({ staleSeconds }, index) => index % 3 !== 1 && staleSeconds > 0,
    ).length;
    const p95 = percentile(times, 0.95);
    return [
      {
        what: 'one of three Argo CD instances hangs: fleet list p95 (ms), its rows carry their age',
        goal: '<= 25, its rows and no others',
        result: `${p95.toFixed(1)}; ${aged} of ${
          affected.length
        } rows say their age, ${others} others do`,
        holds: p95 <= 25 && aged === affected.length && others === 0,
      },
    ];
  } finally {
    await ours.stop();
  }
}

/** A caller who may see ten of a thousand. */
async function conditionalAccess(bench) {
  await bench.fill(1000);
  const all = await bench.start('ours');
  const few = await bench.start('ours', { caller: 'few' });
  try {
    await ready(all);
    await eventually(async () => (await few.fleet()).json().totalItems === 10);
    const times = { all: [], few: [] };
    for (let round = 0; round < 3; round += 1) {
      times.all.push(median(await sample(60, () => all.fleet())));
      times.few.push(median(await sample(60, () => few.fleet())));
    }
    const added = median(times.few) - median(times.all);
    return [
      {
        what: 'overview for a caller who may see 10 of 1000, beside one who may see all: median (ms)',
        goal: '<= 5 ms added',
        result: `${spread(times.few)} beside ${spread(times.all)}: ${added.toFixed(1)} added`,
        holds: added <= 5,
      },
    ];
  } finally {
    await Promise.all([all.stop(), few.stop()]);
  }
}

export const scenarios = {
  releaseTab,
  fleetList,
  viewers,
  idleTabs,
  liveChanges,
  coldStart,
  hangingInstance,
  conditionalAccess,
  podEvents,
  gitReader,
  gitReaderLarge,
  gitLayouts,
};
