import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openLogFile, openLogs } from './logs';
import { readableLine } from './readableLine';
import { startupFailure } from './startupFailure';

const entry = (fields: object) => JSON.stringify({ level: 'info', service: 'x', ...fields });

describe('readableLine', () => {
  it.each([
    ['text', 'listening', 'listening'],
    ['an entry', entry({ message: 'started', plugin: 'catalog' }), 'catalog: started'],
    ['a warning', entry({ level: 'warn', message: 'careful' }), 'warn: careful'],
    ['a request', entry({ message: 'GET /', type: 'incomingRequest' }), undefined],
    ['a detail', entry({ level: 'debug', message: 'x' }), undefined],
    [
      'advice for other installations',
      entry({ level: 'warn', message: 'backend.baseUrl is set to a localhost URL and ...' }),
      undefined,
    ],
    ['an empty line', ' ', undefined],
    ['a brace that is no entry', '{ half', '{ half'],
    ['JSON that is no entry', '{"a":1}', '{"a":1}'],
  ])('%s', (_, line, expected) => {
    expect(readableLine(line)).toBe(expected);
  });
});

describe('startupFailure', () => {
  it.each([
    [
      "the portal's own sentences, each once",
      [
        'Portal not started: no token',
        'Portal not started: bad URL',
        'Portal not started: no token',
      ],
      'no token\nbad URL',
    ],
    [
      'what Node prints about an uncaught error, with its cause',
      ['file.js:1', 'ConfigSchemaError: bad schema', '    at x', '  [cause]: Error: no file {'],
      'ConfigSchemaError: bad schema (no file)',
    ],
    ['a plain error', ['Error: listen EADDRINUSE {', '  code: 1'], 'listen EADDRINUSE'],
    ['the last error in the log', [entry({ level: 'error', message: 'a\nb' }), entry({})], 'a'],
    ['nothing', ['all is well'], undefined],
  ])('%s', (_, lines, expected) => {
    expect(startupFailure(lines)).toBe(expected);
  });
});

describe('openLogs', () => {
  it('prints what matters and keeps everything', async () => {
    const stateDir = await mkdtemp(path.join(tmpdir(), 'logs-test-'));
    const printed: string[] = [];
    const logs = openLogs(stateDir, line => printed.push(line));
    logs.line('forge', 'listening');
    const request = entry({ message: 'GET /', type: 'incomingRequest' });
    logs.line('portal', request);
    logs.close();
    expect(printed).toEqual(['[forge] listening']);
    expect(logs.tail('portal')).toEqual([request]);
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(await readFile(path.join(stateDir, 'logs/portal.log'), 'utf8')).toBe(`${request}\n`);
    await rm(stateDir, { recursive: true });
  });
});

describe('openLogFile', () => {
  it('puts a full file aside', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'logs-test-'));
    const file = path.join(folder, 'x.log');
    const problems: string[] = [];
    const log = openLogFile(file, text => problems.push(text), 10);
    for (const text of ['12345\n', '67890\n', 'abcde\n']) {
      log.write(text);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    log.close();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(await readFile(file, 'utf8')).toBe('abcde\n');
    expect(await readFile(`${file}.1`, 'utf8')).toBe('67890\n');
    expect(problems).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
