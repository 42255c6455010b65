/** The real Prometheus, scraping a little server. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { prometheusSettings, querySample, startTargets } from './__testUtils__/prometheusFixture';
import { prometheusArguments } from './configuration';
import { startPrometheus } from './startPrometheus';

jest.setTimeout(60_000);

let targets: Awaited<ReturnType<typeof startTargets>>;
let fixture: Awaited<ReturnType<typeof prometheusSettings>>;
beforeEach(async () => {
  targets = await startTargets();
  fixture = await prometheusSettings(targets.port);
});
afterEach(async () => {
  await targets.close();
  fixture.remove();
});

const labels = {
  job: 'demo-api',
  namespace: 'tenant-a',
  pod: 'demo-api-1',
  service: 'demo-api',
  version: 'sha-1a2b3c4',
};

describe('startPrometheus', () => {
  it('scrapes the pods that the cluster names, and keeps its samples over a restart', async () => {
    targets.setMetrics('demo_requests_total 41\n');
    targets.setTargets([{ targets: [targets.address], labels }]);
    const first = await startPrometheus(fixture.settings);
    try {
      const sample = await querySample(first.url, 'demo_requests_total');
      expect(sample).toMatchObject({
        metric: { ...labels, __name__: 'demo_requests_total', instance: targets.address },
        value: [expect.any(Number), '41'],
      });
      targets.setMetrics('demo_requests_total 42\n');
      await querySample(first.url, 'demo_requests_total', ({ value }) => value[1] === '42');
    } finally {
      await first.close();
    }
    expect(existsSync(path.join(fixture.settings.stateDir, 'prometheus/pid'))).toBe(false);

    targets.setTargets([]);
    const second = await startPrometheus(fixture.settings);
    try {
      const kept = await querySample(second.url, 'max_over_time(demo_requests_total[1m])');
      expect(kept.value[1]).toBe('42');
    } finally {
      await second.close();
    }
  });

  it("evaluates the platform's own rules", async () => {
    const { url, close } = await startPrometheus(fixture.settings);
    try {
      const response = await fetch(`${url}/api/v1/rules`);
      const { data } = (await response.json()) as {
        data: { groups: { name: string; rules: { name: string; lastError?: string }[] }[] };
      };
      const rules = data.groups.flatMap(group => group.rules);
      expect(rules.map(({ name }) => name)).toContain('TenantUnavailable');
      expect(rules.filter(({ lastError }) => lastError)).toEqual([]);
    } finally {
      await close();
    }
  });

  it('ends what an earlier run left behind, which would write the same data', async () => {
    // As a killed server leaves it: a Prometheus that runs, and its number in a file.
    const { stateDir, tools } = fixture.settings;
    const directory = path.join(stateDir, 'prometheus');
    const dataDir = path.join(directory, 'data');
    mkdirSync(dataDir, { recursive: true });
    const configurationFile = path.join(directory, 'prometheus.yaml');
    writeFileSync(configurationFile, '');
    const left = spawn(
      tools.prometheus!,
      prometheusArguments({ configurationFile, dataDir, port: 0 }),
      { stdio: 'ignore' },
    );
    const ended = new Promise(resolve => {
      left.once('exit', resolve);
    });
    writeFileSync(path.join(directory, 'pid'), `${left.pid}\n`);
    while (!existsSync(path.join(dataDir, 'wal'))) await wait(20);

    const next = await startPrometheus(fixture.settings);
    await ended;
    expect(readFileSync(path.join(directory, 'pid'), 'utf8')).not.toBe(`${left.pid}\n`);
    await next.close();
  });

  it('says which port is taken', async () => {
    const taken = { ...fixture.settings.ports, prometheus: targets.port };
    await expect(startPrometheus({ ...fixture.settings, ports: taken })).rejects.toThrow(
      `EADDRINUSE: address already in use 127.0.0.1:${targets.port}`,
    );
  });

  it('says why Prometheus did not start', async () => {
    const tools = { git: 'git', prometheus: '/bin/false' };
    await expect(startPrometheus({ ...fixture.settings, tools })).rejects.toThrow(
      'Prometheus did not start: exit code 1',
    );
    const nowhere = { git: 'git', prometheus: '/nowhere/prometheus' };
    await expect(startPrometheus({ ...fixture.settings, tools: nowhere })).rejects.toThrow(
      /ENOENT/,
    );
  });
});
