import { FakeLoki } from '../__testUtils__/FakeTelemetry';
import { LineCap } from './LineCap';
import { LokiClient } from './LokiClient';
import { readLogs, type LogReading } from './readLogs';

const range = { start: 1_000, end: 9_000 };
const target = { tenant: 'tenant-a', service: 'demo-api' };

describe('readLogs', () => {
  let loki: FakeLoki;
  let cap: LineCap;

  const read = (part: Partial<LogReading>) =>
    readLogs({
      client: new LokiClient({ url: loki.url, headers: {}, orgId: '{tenant}' }),
      cap,
      target,
      query: '{namespace="tenant-a"}',
      range,
      limit: 100,
      direction: 'backward',
      ...part,
    });
  const messages = ({ lines }: Awaited<ReturnType<typeof readLogs>>) =>
    lines.map(({ message }) => Number(message));
  const limits = () => loki.queries.map(({ query }) => Number(query.get('limit')));
  const numbers = (from: number, to: number) => {
    const step = from < to ? 1 : -1;
    return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => from + index * step);
  };

  /** Lines 1 to count, a few in each moment; each tenth is an error. */
  const fill = (count: number, perMoment = 3) => {
    loki.lines = numbers(1, count).map(index => [
      String(2_000_000_000_000 + Math.floor(index / perMoment)),
      JSON.stringify({ level: index % 10 === 0 ? 'error' : 'info', message: String(index) }),
    ]);
  };

  beforeEach(async () => {
    loki = await new FakeLoki().start();
    loki.obeysRange = true;
    cap = new LineCap();
  });

  afterEach(() => loki.stop());

  it.each([1_001, 1_000, 400, 50])(
    'asks a Loki that gives %i lines for no more, and pages by time',
    async most => {
      fill(1_500);
      loki.mostLines = most;
      const { lines, truncated } = await read({ limit: 1_000 });
      expect(lines.length).toBeGreaterThanOrEqual(Math.min(1_000, 8 * (most - 3)));
      expect(truncated).toBe(true);
      const found = new Set(lines.map(({ message }) => message));
      expect(found.size).toBe(lines.length);
      await read({ limit: 1_000 });
      const [, ...later] = limits();
      expect(Math.max(...later)).toBeLessThanOrEqual(most);
    },
  );

  it('reads all there is when it is little, in both directions', async () => {
    fill(120);
    loki.mostLines = 50;
    const backward = await read({ limit: 200 });
    expect(backward.truncated).toBe(false);
    expect(messages(backward).sort((a, b) => a - b)).toEqual(numbers(1, 120));
    const forward = await read({ limit: 200, direction: 'forward' });
    expect(forward.truncated).toBe(false);
    expect(messages(forward)).toEqual(numbers(1, 120));
  });

  it('learns from a refusal that names no number', async () => {
    fill(10);
    loki.gate = ({ pathname, searchParams }) =>
      pathname.endsWith('query_range') && Number(searchParams.get('limit')) > 60
        ? { status: 400, text: 'max entries limit per query exceeded' }
        : undefined;
    expect((await read({ limit: 100 })).lines).toHaveLength(10);
    expect(limits()).toEqual([50]);
  });

  it('does not ask again when the refusal is about something else', async () => {
    loki.gate = () => ({ status: 400, text: 'parse error (7 > 5)' });
    await expect(read({})).rejects.toMatchObject({ errorClass: 'bad-answer' });
    expect(loki.requests).toHaveLength(1);
  });

  it('finds the lines of a level among others, up to the limit', async () => {
    fill(4_000);
    const some = await read({ level: 'error', limit: 50 });
    expect(some.truncated).toBe(true);
    expect(some.lines.map(({ level }) => level)).toEqual(Array(50).fill('error'));
    expect(Math.min(...messages(some))).toBe(3_510);
    const all = await read({ level: 'error', limit: 1_000 });
    expect(all.truncated).toBe(false);
    expect(all.lines).toHaveLength(400);
  });

  it('stops looking in time, and says so', async () => {
    fill(20_000);
    const startedAt = Date.now();
    expect(await read({ level: 'warn', limit: 50 })).toEqual({ lines: [], truncated: true });
    expect(Date.now() - startedAt).toBeLessThan(2_000);
    expect(loki.queries.length).toBeLessThanOrEqual(8);
  });

  it('does not read in circles where a moment holds more lines than a page', async () => {
    fill(500, 1_000);
    loki.mostLines = 100;
    expect(await read({ limit: 300 })).toMatchObject({ truncated: true });
    expect(loki.queries.length).toBeLessThanOrEqual(4);
  });

  it('does not read in circles where Loki ignores the range', async () => {
    fill(500);
    loki.obeysRange = false;
    const { lines, truncated } = await read({ level: 'error', limit: 100 });
    expect(truncated).toBe(true);
    expect(new Set(lines.map(({ message }) => message)).size).toBe(lines.length);
  });

  it('keeps what it has found when a later page fails, and says that there is more', async () => {
    fill(3_000);
    let pages = 0;
    loki.gate = () => {
      pages += 1;
      return pages > 1 ? { status: 500, text: '' } : undefined;
    };
    const { lines, truncated } = await read({ level: 'error', limit: 100 });
    expect([lines.length, truncated]).toEqual([10, true]);
    pages = 1;
    await expect(read({ level: 'error' })).rejects.toMatchObject({ errorClass: 'server-error' });
  });
});
