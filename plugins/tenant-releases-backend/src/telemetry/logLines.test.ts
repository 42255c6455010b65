import recorded from './__fixtures__/loki-query-range.json';
import { toLogLine, toRfc3339 } from './logLines';

describe('toLogLine', () => {
  const line = (text: string, labels: Record<string, string> = {}) =>
    toLogLine({ time: '1', text, labels });

  it('takes level and message out of a JSON line', () => {
    const text = JSON.stringify({
      level: 'WARNING',
      message: 'slow',
      requestId: 'r1',
      status: 200,
      secret: 'x',
    });
    expect(line(text, { pod: 'p-1', detected_level: 'info', job: 'y' })).toMatchObject({
      level: 'warn',
      message: 'slow',
      labels: { pod: 'p-1', requestId: 'r1', status: '200' },
    });
  });

  it.each([
    ['plain text', {}, 'unknown', 'plain text'],
    ['plain text', { detected_level: 'error' }, 'error', 'plain text'],
    ['{not json', { level: 'debug' }, 'debug', '{not json'],
    ['{"level":"fatal","msg":"gone"}', {}, 'error', 'gone'],
    ['{"level":999,"message":{}}', {}, 'unknown', '{"level":999,"message":{}}'],
    ['{"level":"__proto__"}', {}, 'unknown', '{"level":"__proto__"}'],
    ['{"level":"constructor"}', {}, 'unknown', '{"level":"constructor"}'],
  ])('reads %s with labels %j', (text, labels, level, message) => {
    expect(line(text, labels)).toMatchObject({ level, message });
  });

  it('shortens what is far too long', () => {
    expect(line('x'.repeat(1_000_000)).message).toHaveLength(4_000);
  });

  it('reads the lines of a real Loki', () => {
    const [{ stream, values }] = recorded.data.result;
    const [[time, text]] = values;
    expect(toLogLine({ time, text, labels: { ...stream } as {} })).toEqual({
      time: '2026-11-23T03:39:24.500000000Z',
      level: 'error',
      message: 'level=error msg="upstream refused" status=503',
      labels: { app: 'web', namespace: 'smoke' },
    });
  });
});

describe('toRfc3339', () => {
  it.each([
    ['1767225600000000001', '2026-01-01T00:00:00.000000001Z'],
    ['1767225600999999999', '2026-01-01T00:00:00.999999999Z'],
    ['5', '1970-01-01T00:00:00.000000005Z'],
  ])('%s', (nanoseconds, expected) => {
    expect(toRfc3339(nanoseconds)).toBe(expected);
  });
});
