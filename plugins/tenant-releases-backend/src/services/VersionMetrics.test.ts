import { FakePrometheus } from '../__testUtils__/FakeTelemetry';
import type { TelemetryServer } from '../config/telemetryConfig';
import { VersionMetrics } from './VersionMetrics';

const sample = (part: string, value: string, namespace?: string) => ({
  metric: { version: 'v1', tenant_releases_part: part, ...(namespace ? { namespace } : {}) },
  value: [0, value] as [number, string],
});

describe('VersionMetrics', () => {
  let servers: FakePrometheus[];
  let asked: string[];

  const serverOf = ({ url }: FakePrometheus, more: Partial<TelemetryServer> = {}) =>
    ({ kind: 'prometheus', cluster: url, url, headers: {}, ...more } as TelemetryServer);
  const anybody = () => true;

  beforeEach(async () => {
    asked = [];
    servers = [await new FakePrometheus().start(), await new FakePrometheus().start()];
    servers.forEach((server, index) => {
      server.answer = query => {
        asked.push(query);
        return [sample('all', '1', `tenant-${index}`), sample('p95', `0.${index + 1}`)];
      };
    });
  });
  afterEach(() => Promise.all(servers.map(server => server.stop())));

  it('adds up what several servers tell, with the longest percentile, and asks each once', async () => {
    const metrics = new VersionMetrics(servers.map(server => serverOf(server)));
    const both = () => metrics.of('demo-api', anybody);
    const [{ versions, problem }] = await Promise.all([both(), both()]);
    expect(problem).toBeUndefined();
    expect(versions.get('v1')).toMatchObject({ failed: 0, p95: 0.2 });
    expect([...versions.get('v1')!.all]).toEqual([
      ['tenant-0', 300],
      ['tenant-1', 300],
    ]);
    expect(asked).toHaveLength(2);
  });

  it('tells what one server has, and that the other does not answer', async () => {
    await servers[1].stop();
    const metrics = new VersionMetrics(servers.map(server => serverOf(server)));
    const { versions, problem } = await metrics.of('demo-api', anybody);
    expect(problem).toBe('Prometheus does not answer (unreachable).');
    expect([...versions.get('v1')!.all.keys()]).toEqual(['tenant-0']);
  });

  it('asks no server that tells of one tenant at a time', async () => {
    const metrics = new VersionMetrics([serverOf(servers[0], { orgId: '{tenant}' })]);
    expect(await metrics.of('demo-api', anybody)).toEqual({
      versions: new Map(),
      problem: 'This Prometheus tells of one tenant at a time.',
    });
    expect(asked).toEqual([]);
  });

  it('says that none is set up', async () => {
    expect((await new VersionMetrics([]).of('demo-api', anybody)).problem).toBe(
      'No Prometheus is set up.',
    );
  });
});
