import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sandboxSettings, type SandboxSettings } from '../../settings';
import { findPrometheus } from '../install';

const repositoryRoot = path.resolve(__dirname, '../../../../..');

/** One entry of HTTP service discovery. */
export interface Target {
  targets: string[];
  labels: Record<string, string>;
}

/** A server that stands for the cluster and for a pod: it names targets and has metrics. */
export async function startTargets() {
  let metrics = '';
  let targets: Target[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/prometheus/targets') {
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(targets));
    } else if (request.url === '/metrics') {
      response.setHeader('Content-Type', 'text/plain; version=0.0.4').end(metrics);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: `127.0.0.1:${port}`,
    setMetrics(text: string) {
      metrics = text;
    },
    setTargets(list: Target[]) {
      targets = list;
    },
    close: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/**
 * Settings with a state directory of their own and this machine's real Prometheus.
 *
 * @throws with the cure when there is no Prometheus: these tests are about the real one
 */
export async function prometheusSettings(clusterPort: number) {
  const found = await findPrometheus({
    toolsDir: path.join(repositoryRoot, '.tools'),
    log: () => {},
  });
  if ('missing' in found) throw new Error(found.missing);
  const stateDir = mkdtempSync(path.join(os.tmpdir(), 'prometheus with spaces-'));
  const settings: SandboxSettings = sandboxSettings({
    repositoryRoot,
    stateDir,
    tools: { git: 'git', prometheus: found.prometheus, promtool: found.promtool },
  });
  settings.ports.prometheus = 0;
  settings.ports.cluster = clusterPort;
  return { settings, remove: () => rmSync(stateDir, { recursive: true, force: true }) };
}

/** One sample of an instant query's answer. */
export interface Sample {
  metric: Record<string, string>;
  value: [number, string];
}

/** Asks until there is an answer that fits, for at most ten seconds. */
export async function querySample(
  url: string,
  query: string,
  fits: (sample: Sample) => boolean = () => true,
): Promise<Sample> {
  let last: unknown;
  for (let attempt = 0; attempt < 50; attempt++) {
    const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
    const body = (await response.json()) as { data?: { result: Sample[] } };
    last = body;
    const sample = body.data?.result.find(fits);
    if (sample) return sample;
    await wait(200);
  }
  throw new Error(`no such sample for ${query}: ${JSON.stringify(last)}`);
}
