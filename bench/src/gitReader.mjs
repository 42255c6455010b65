/** The GitOps repository read by GitHub's API, and by Git: the same repository on the same host, in one run. */
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { startBackend } from './backends.mjs';
import { layouts, makeRepository, tenant } from './gitRepository.mjs';
import { get, mustGet } from './http.mjs';
import { eventually } from './measure.mjs';
import { startChild } from './processes.mjs';
import { median, spread } from './statistics.mjs';

const here = import.meta.dirname;
const range = count => Array.from({ length: count }, (_, index) => index);

/** @param count - tenants, with some history: all at once, five rings, and single ones */
async function startHost(folder, count, layoutOf) {
  const forge = await startChild(path.join(here, 'forge.ts'), {
    execArgv: ['--no-node-snapshot', '--require', '@backstage/cli/config/nodeTransform.cjs'],
    env: { BENCH_FOLDER: folder },
  });
  const proxy = await startChild(path.join(here, 'proxy.mjs'));
  const { port, token } = forge.first;
  const { ports } = await proxy.ask({ start: { git: port } });
  const layout = layoutOf(`http://localhost:${ports.git}/acme/platform`);
  const repository = makeRepository(
    folder,
    `http://x:${token}@localhost:${port}/acme/platform.git`,
    layout,
  );
  repository.commit('sha-0000000', range(count));
  for (const ring of range(5)) {
    const tag = `sha-000000${ring + 1}`;
    repository.commit(
      tag,
      range(count).filter(index => index % 5 === ring),
    );
  }
  for (const one of range(300)) repository.commit(`sha-1${one}`, [(one * 7919) % count]);
  repository.push();
  const requests = async () => (await proxy.ask({})).counts.git.requests;
  const stop = () => Promise.all([forge.stop(), proxy.stop()]);
  return { port: ports.git, token, layout, repository, requests, stop };
}

/**
 * Uses up the hour's limit of the API, of which reading ahead leaves the last 500 requests: else the histories of all tenants
 * would be read during every measurement.
 */
async function useUpLimit({ port, token }) {
  const headers = { authorization: `Bearer ${token}` };
  const ask = () => get(`http://localhost:${port}/api/v3/none`, headers);
  for (const _ of range(92)) await Promise.all(range(50).map(ask));
}

/** What one reader needs for everything, on a host of its own. */
async function measure(bench, reader, count, layoutOf = layouts.ours) {
  const folder = await mkdtemp(path.join(bench.folder, `${reader}-`));
  const host = await startHost(folder, count, layoutOf);
  const { ports } = bench;
  const upstreams = { ...ports, argocd: [ports.argocd], git: host.port };
  const gitHost = {
    token: host.token,
    gitops: {
      reader,
      mirrorDirectory: path.join(folder, 'mirrors'),
      layouts: host.layout.layouts,
    },
  };
  const start = () => startBackend('ours', upstreams, { folder, gitHost });
  let ours;
  const isRight = async () => {
    const { status, body } = await ours.tryFleet();
    const git = body.sources?.find(({ kind }) => kind === 'git');
    return status === 200 && body.totalItems === count && git.state === 'ok';
  };
  const begin = async () => {
    const before = await host.requests();
    ours = await start();
    const started = performance.now();
    await eventually(isRight, { everyMs: 10, forMs: 300_000 });
    const took = (performance.now() - started) / 1000;
    return { took, requests: (await host.requests()) - before };
  };
  const release = index => `${ours.baseUrl}/api/tenant-releases/releases/${tenant(index)}/demo-api`;
  const versionOf = async index =>
    (await mustGet(release(index), ours.headers)).json().desired.version;
  /** Milliseconds from a push to the new row. */
  const change = async (tag, indexes) => {
    host.repository.commit(tag, indexes);
    host.repository.push();
    const started = performance.now();
    ours.tell({ pushed: true });
    const last = indexes.at(-1);
    await eventually(async () => (await versionOf(last)) === tag, { everyMs: 5, forMs: 120_000 });
    return performance.now() - started;
  };
  const requestsOf = async task => {
    const before = await host.requests();
    await task();
    return (await host.requests()) - before;
  };
  const quiet = async () => {
    for (
      let last = -1, now = await host.requests(), tries = 0;
      now !== last && tries < 90;
      tries += 1
    ) {
      last = now;
      await new Promise(resolve => setTimeout(resolve, 2_000));
      now = await host.requests();
    }
  };
  try {
    if (reader === 'api') await useUpLimit(host);
    const cold = await begin();
    // Histories are read behind the rows.
    await quiet();
    const first = await requestsOf(() => mustGet(`${release(11)}/history`, ours.headers));
    const behind = await requestsOf(quiet);
    const poll = await requestsOf(async () => {
      ours.tell({ pushed: true });
      await quiet();
    });
    const one = [];
    for (const round of range(bench.quick ? 3 : 5)) {
      one.push(await change(`sha-one${round}`, [count - 1 - round]));
      await quiet();
    }
    const many = await change('sha-many', range(1000));
    const { memoryMb, heapMb } = await ours.ask({ measure: 'end' });
    await quiet();
    await ours.stop();
    const warm = await begin();
    return { cold, first, behind, poll, one, many, memoryMb, heapMb, warm };
  } finally {
    await ours?.stop();
    await host.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The two readers beside each other; of very many files the API's answers are more than a token's hour has requests for. */
async function compare(bench, count) {
  await bench.fill(0);
  const rows = [];
  const isSmall = count === 5000;
  const api = isSmall ? await measure(bench, 'api', count) : undefined;
  const mirror = await measure(bench, 'mirror', count);
  const add = (what, goal, tell, holds) =>
    rows.push({
      what: `${count} tenant files, ${what}`,
      goal: isSmall ? goal : 'measured',
      result: `by Git ${tell(mirror)}${api ? `, by the API ${tell(api)}` : ''}`,
      holds: isSmall ? holds : undefined,
    });
  add(
    'cold start to a right fleet list, clone included (s, requests)',
    '<= 5 s',
    ({ cold }) => `${cold.took.toFixed(2)} with ${cold.requests}`,
    mirror.cold.took <= 5,
  );
  add(
    'start again (s, requests)',
    '<= 1.5 s',
    ({ warm }) => `${warm.took.toFixed(2)} with ${warm.requests}`,
    mirror.warm.took <= 1.5,
  );
  add('poll without news (requests)', '1', ({ poll }) => poll, mirror.poll === 1);
  add(
    'commit of one file to its row, after the webhook (ms)',
    '<= 300',
    ({ one }) => spread(one, number => number.toFixed(0)),
    median(mirror.one) <= 300,
  );
  add(
    'commit of 1,000 files to their rows (ms)',
    '<= 3000',
    ({ many }) => many.toFixed(0),
    mirror.many <= 3000,
  );
  add(
    'first look at the history page of a tenant (requests, and what is asked behind the answer)',
    '0',
    ({ first, behind }) => `${first}, ${behind} behind it`,
    mirror.first === 0,
  );
  add(
    'memory of the whole backend, and what of it is held after a collection (MB)',
    'held <= 250',
    ({ memoryMb, heapMb }) => `${memoryMb.toFixed(0)}, ${heapMb.toFixed(0)}`,
    mirror.heapMb <= 250,
  );
  return rows;
}

/** Other layouts by Git, which no API reads. */
async function compareLayouts(bench, count) {
  await bench.fill(0);
  const rows = [];
  for (const layoutOf of [layouts.overlays, layouts.values]) {
    const { name } = layoutOf('');
    const { cold, warm, poll, one, many, memoryMb, heapMb } = await measure(
      bench,
      'mirror',
      count,
      layoutOf,
    );
    const add = (what, goal, result, holds) =>
      rows.push({ what: `${count} tenants by ${name}, ${what}`, goal, result, holds });
    add(
      'cold start to a right fleet list, clone included (s)',
      '<= 5',
      cold.took.toFixed(2),
      cold.took <= 5,
    );
    add('start again (s)', '<= 1.5', warm.took.toFixed(2), warm.took <= 1.5);
    add('poll without news (requests)', '1', poll, poll === 1);
    add(
      'commit of one file to its row, after the webhook (ms)',
      '<= 300',
      spread(one, number => number.toFixed(0)),
      median(one) <= 300,
    );
    add('commit of 1,000 files to their rows (ms)', '<= 3000', many.toFixed(0), many <= 3000);
    add(
      'memory of the whole backend, and what of it is held after a collection (MB)',
      'held <= 250',
      `${memoryMb.toFixed(0)}, ${heapMb.toFixed(0)}`,
      heapMb <= 250,
    );
  }
  return rows;
}

/** With as many tenants as the goals are for, laid out otherwise. */
export const gitLayouts = bench => compareLayouts(bench, 5000);

/** With as many tenants as the goals are for. */
export const gitReader = bench => compare(bench, 5000);

/** With ten times as many. */
export const gitReaderLarge = bench => (bench.quick ? [] : compare(bench, 50_000));
