import { z } from 'zod';
import { FakeServer, sendJson, type Fault } from '../../__testUtils__';
import { PatientCalls, type GithubConnection } from './PatientCalls';

const route = 'POST /repos/{owner}/{repo}/git/trees';
const parameters = { owner: 'a', repo: 'b' };
const limited = /^GithubError: The Git host limits how much this token may do/;
let waits: number[];
let now: number;

jest.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    waits.push(ms / 1000);
    now += ms;
  },
}));

interface Answer {
  status: number;
  message?: string;
  headers?: Record<string, string>;
}

describe('PatientCalls', () => {
  let host: FakeServer;
  /** One after another; the last one stays. */
  let answers: Answer[];

  beforeEach(async () => {
    waits = [];
    now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    answers = [{ status: 200 }];
    host = await new FakeServer((_, __, response) => {
      const { status, message = 'no', headers } = answers[0];
      if (answers.length > 1) answers.shift();
      return sendJson(response, status, { message: status === 200 ? 'done' : message }, headers);
    }).start();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await host.stop();
  });

  const signIn = async () => ({ authorization: 'token hunter2' });
  const open = (options: Partial<GithubConnection> = {}) =>
    new PatientCalls({ apiUrl: host.url, headers: signIn, throttle: false, ...options });
  const call = (options?: Partial<GithubConnection>) =>
    open(options).call(route, parameters, z.object({ message: z.string() }));
  /** Name and message of the error, which tells neither address nor token. */
  const failure = async (options?: Partial<GithubConnection>) => {
    const told = String(await call(options).catch(error => error));
    return /hunter2|127\.0|secret/.test(told) ? `leaks: ${told}` : told;
  };

  it.each([403, 429])('waits as long as a %d asks, and goes on', async status => {
    answers = [{ status, headers: { 'retry-after': '7' } }, { status: 200 }];
    expect(await call()).toEqual({ message: 'done' });
    expect(waits).toEqual([7]);
    expect(host.requests).toEqual(Array(2).fill('POST /repos/a/b/git/trees'));
  });

  it('waits until after the reset of a limit that is used up', async () => {
    const reset = String(Math.ceil(Date.now() / 1000) + 100);
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    answers = [{ status: 403, headers }, { status: 200 }];
    await call();
    expect(waits).toEqual([expect.closeTo(101, -0.5)]);
  });

  it('waits longer each time where the host does not say how long', async () => {
    answers = [{ status: 403, message: 'You have exceeded a secondary rate limit' }];
    expect(await failure({ patience: 1_000 })).toMatch(/wait 8 minutes and run/);
    expect(waits).toEqual([60, 120, 240]);
  });

  it('waits no longer than its patience, all waits together', async () => {
    answers = [{ status: 429, headers: { 'retry-after': '1' } }];
    expect(await failure({ patience: 2 })).toBe(
      'GithubError: The Git host limits how much this token may do (429 to POST /repos/{owner}/{repo}/git/trees): wait 1 s and run the same command again, which goes on where this one stopped',
    );
    expect(waits).toEqual([1, 1]);
  });

  it('does not wait for an hour', async () => {
    answers = [{ status: 403, headers: { 'retry-after': '3000' } }];
    expect(await failure()).toMatch(/: wait 50 minutes and run the same command again/);
    expect(host.requests).toHaveLength(1);
  });

  it.each<[string, Answer, RegExp]>([
    [
      'a right',
      { status: 403, message: 'Resource not accessible' },
      /answered 403 to POST \/repos\/\{owner\}\/\{repo\}\/git\/trees: Resource not accessible \(the token needs contents: write and pull-requests: write\)$/,
    ],
    ['a token', { status: 401 }, /answered 401 .*: no \(GITHUB_TOKEN is not valid there/],
    ['a repository', { status: 404 }, /: no \(the repository is not there, or the token may not/],
    [
      'sense',
      { status: 422, message: 'Validation\nFailed at https://10.0.0.1/secret\u202e' },
      /answered 422 to POST \S+: Validation Failed at \[address\]$/,
    ],
    [
      'sense in many words',
      { status: 400, message: 'x'.repeat(5_000) },
      /answered 400 to POST \S+: x{199}…$/,
    ],
  ])('does not ask again where %s is missing', async (_, answer, message) => {
    answers = [answer];
    expect(await failure()).toMatch(message);
    expect(host.requests).toHaveLength(1);
  });

  it.each<[string, Fault]>([
    ['is broken', { kind: 'status', status: 502 }],
    ['ends the connection', { kind: 'reset' }],
  ])('asks again, ever later, while the host %s', async (_, fault) => {
    host.fault = { fault };
    expect(await failure()).toMatch(
      /^GithubError: The Git host (answered 502 to POST \S+: no|did not answer POST \S+: see GITHUB_API_URL)$/,
    );
    expect(waits).toEqual([1, 4, 9]);
    answers = [{ status: 503 }, { status: 200 }];
    host.fault = undefined;
    expect(await call()).toEqual({ message: 'done' });
  });

  it('says that nobody answers', async () => {
    await host.stop();
    expect(await failure()).toBe(
      `GithubError: The Git host did not answer ${route}: see GITHUB_API_URL`,
    );
  });

  it('pauses between writes, longer after what notifies people, and never before a read', async () => {
    const calls = open({ throttle: true });
    const ask = (...routes: string[]) =>
      Promise.all(routes.map(each => calls.call(each, {}, z.unknown())));
    await ask('GET /a', 'POST /a', 'GET /a');
    expect(waits).toEqual([]);
    await ask('PATCH /pulls');
    await ask('POST /repos/a/b/pulls');
    await ask('POST /repos/a/b/issues/7/comments');
    await ask('DELETE /a');
    expect(waits).toEqual([1, 1, 3, 3]);
    now += 60_000;
    waits = [];
    await ask('DELETE /a', 'DELETE /b');
    expect(waits).toEqual([1]);
  });

  it('makes one call after another error than a limit no more patient', async () => {
    answers = [{ status: 429, headers: { 'retry-after': '2' } }, { status: 500 }, { status: 429 }];
    expect(await failure({ patience: 100 })).toMatch(limited);
    expect(waits).toEqual([2, 1]);
  });
});
