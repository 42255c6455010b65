import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GithubClient } from './GithubClient';
import { secondsToWait } from './rateLimit';

const now = new Date('2026-11-23T12:00:00Z');
const inAMinute = String(now.getTime() / 1000 + 60);
const refusal = (status: number, message: string, headers: Record<string, string> = {}) => ({
  status,
  message,
  response: { headers },
});

describe('secondsToWait', () => {
  it.each<[string, unknown, number, number | undefined]>([
    ['retry-after of a 403', refusal(403, 'Secondary', { 'retry-after': '30' }), 0, 30],
    ['retry-after of a 429', refusal(429, 'Slow down', { 'retry-after': '7' }), 2, 7],
    [
      'the end of the hour',
      refusal(403, 'API rate limit exceeded', {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': inAMinute,
      }),
      0,
      61,
    ],
    [
      'an end that has passed',
      refusal(429, 'x', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }),
      0,
      1,
    ],
    [
      'a secondary limit without a time',
      refusal(403, 'You have exceeded a secondary rate limit'),
      0,
      60,
    ],
    ['the same again', refusal(403, 'You have exceeded a secondary rate limit'), 2, 240],
    [
      'a time that is none',
      refusal(429, 'x', { 'retry-after': 'Mon, 23 Nov 2026 12:00:00 GMT' }),
      0,
      60,
    ],
    [
      'a right that is missing',
      refusal(403, 'Resource not accessible by integration'),
      0,
      undefined,
    ],
    ['another refusal', refusal(422, 'secondary rate limit'), 0, undefined],
    ['no answer', new Error('ECONNREFUSED'), 0, undefined],
  ])('reads %s', (_, error, earlier, seconds) => {
    expect(secondsToWait(error, now, earlier)).toBe(seconds);
  });
});

describe('a client', () => {
  let server: Server;
  let answers: Array<{ status: number; headers?: Record<string, string> }>;
  let calls: number;

  beforeEach(async () => {
    calls = 0;
    server = createServer((_, response) => {
      const { status, headers = {} } = answers[Math.min(calls, answers.length - 1)];
      calls += 1;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ message: status === 200 ? 'done' : 'Slow down' }));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise(resolve => server.close(resolve)));

  const call = (patience?: number) => {
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = new GithubClient({ apiUrl, token: 'hunter2', throttle: false, patience });
    return client.call('POST /repos/{owner}/{repo}/git/trees', { owner: 'a', repo: 'b' });
  };

  it.each([403, 429])('waits as long as a %d asks, and goes on', async status => {
    answers = [{ status, headers: { 'retry-after': '1' } }, { status: 200 }];
    const start = performance.now();
    expect(await call()).toEqual({ message: 'done' });
    expect(performance.now() - start).toBeGreaterThanOrEqual(990);
    expect(calls).toBe(2);
  });

  it('waits no longer than its patience, all waits together', async () => {
    answers = [{ status: 429, headers: { 'retry-after': '1' } }];
    await expect(call(2)).rejects.toMatchObject({
      name: 'GithubError',
      message:
        'The Git host limits how much this token may do (429 to POST /repos/{owner}/{repo}/git/trees): wait 1 s and run the same command again, which goes on where this one stopped',
    });
    expect(calls).toBe(3);
  });

  it('does not wait for an hour', async () => {
    answers = [{ status: 403, headers: { 'retry-after': '3000' } }];
    await expect(call()).rejects.toThrow(/: wait 50 minutes and run the same command again/);
    expect(calls).toBe(1);
  });

  it('does not ask again where a right is missing', async () => {
    answers = [{ status: 403 }];
    await expect(call()).rejects.toThrow(/answered 403 .*the token needs contents: write/);
    expect(calls).toBe(1);
  });
});
