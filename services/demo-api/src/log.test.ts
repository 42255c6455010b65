import { createLog } from './log';

const at = new Date('2026-11-23T10:00:00.123Z');

function collect(level: 'debug' | 'info' | 'warn' | 'error') {
  const lines: string[] = [];
  const log = createLog({
    level,
    constant: { tenant: 'tenant-a', version: 'sha-1a2b3c4' },
    write: line => lines.push(line),
    now: () => at,
  });
  return { log, lines };
}

describe('createLog', () => {
  it('writes one JSON object a line, the fields that people read first', () => {
    const { log, lines } = collect('info');
    log('info', 'GET /work 200', { status: 200, requestId: undefined });
    expect(lines).toEqual([
      '{"time":"2026-11-23T10:00:00.123Z","level":"info","message":"GET /work 200",' +
        '"tenant":"tenant-a","version":"sha-1a2b3c4","status":200}\n',
    ]);
  });

  it('keeps a message with line breaks on one line', () => {
    const { log, lines } = collect('info');
    log('error', 'one\ntwo\u2028three');
    expect(lines[0].split('\n')).toHaveLength(2);
    expect(JSON.parse(lines[0]).message).toBe('one\ntwo\u2028three');
  });

  it.each([
    ['debug', 4],
    ['info', 3],
    ['warn', 2],
    ['error', 1],
  ] as const)('at level %s writes %d of four levels', (level, count) => {
    const { log, lines } = collect(level);
    for (const each of ['debug', 'info', 'warn', 'error'] as const) log(each, 'event');
    expect(lines).toHaveLength(count);
  });
});
