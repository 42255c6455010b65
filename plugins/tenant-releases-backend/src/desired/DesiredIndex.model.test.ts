import { mockServices } from '@backstage/backend-test-utils';
import { readGitopsConfig, UpstreamError } from '@internal/gitops';
import fc from 'fast-check';
import { FakeGitApi } from '../__testUtils__/FakeGitApi';
import { tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { DesiredIndex } from './DesiredIndex';

jest.mock('node:timers/promises', () => jest.requireActual('../__testUtils__/fakeDelays'));
jest.setTimeout(60_000);

const gitops = readGitopsConfig({
  getOptional: key =>
    ({
      'tenantReleases.gitops.repository': 'https://git.example.com/acme/platform',
      'tenantReleases.gitops.pollSeconds': 4,
    }[key]),
});
const names = ['acme', 'globex', 'initech'];
/** More than the longest pause of the poll. Milliseconds. */
const convergedMs = 15_000;

/** An index over a fake branch, and what a reader of it has seen. */
class Bench {
  readonly git = new FakeGitApi();
  readonly index: DesiredIndex;
  readonly travels: string[] = [];
  readonly #seen = new Map<string, number>();
  #count = 0;

  constructor() {
    const logger = mockServices.logger.mock();
    this.index = new DesiredIndex({ api: this.git, gitops, service: 'demo-api', logger });
    this.index.changes.subscribe(() => this.look());
    this.index.start();
  }

  /** Tags count upwards, so that an older one is told by its number. */
  write(name: string, isValid: boolean): void {
    this.#count += 1;
    const text = tenantFile(name, `sha-${this.#count}`);
    this.git.commit({ [tenantPath(name)]: isValid ? text : `${text}  tag: twice` });
  }

  look(): void {
    for (const { tenant, file } of this.index.entries()) {
      const number = Number(file?.image.tag.slice('sha-'.length) ?? 0);
      const before = this.#seen.get(tenant) ?? 0;
      // A file that became unreadable and was new to the index has no version; that is no older one.
      if (file && number < before) this.travels.push(`${tenant}: ${before} -> ${number}`);
      if (file) this.#seen.set(tenant, number);
    }
  }

  known() {
    return this.index
      .entries()
      .map(({ tenant, file, problems }) =>
        problems.length > 0 ? `${tenant} broken` : `${tenant} ${file?.image.tag}`,
      )
      .sort();
  }

  async stop(): Promise<void> {
    const stopped = this.index.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    await stopped;
  }

  truth() {
    return [...this.git.truth]
      .filter(([path]) => path.startsWith('gitops/tenants/'))
      .map(([path, text]) => {
        const name = names.find(other => path === tenantPath(other));
        const tag = /tag: (\S+)$/m.exec(text)?.[1];
        return text.includes('twice') ? `${name} broken` : `${name} ${tag}`;
      })
      .sort();
  }
}

function act(name: string, run: (bench: Bench) => void, ms = 0): fc.AsyncCommand<object, Bench> {
  return {
    check: () => true,
    async run(_, bench) {
      run(bench);
      await jest.advanceTimersByTimeAsync(ms);
      bench.look();
      expect(bench.travels).toEqual([]);
    },
    toString: () => `${name} ${ms} ms`,
  };
}

const name = fc.constantFrom(...names);
const moment = fc.constantFrom(0, 1, 3, 1_000);
const call = fc.constantFrom('head', 'files', 'blob', 'blobs', 'commitsOf', 'fileAt' as const);
const error = fc.constantFrom(
  new UpstreamError('unreachable', 'connection failed'),
  new UpstreamError('bad-answer', 'answer is not JSON'),
  new UpstreamError('not-found', 'answered 404'),
  new UpstreamError('rate-limited', 'answered 429', 2),
);

const acts = [
  fc
    .tuple(name, fc.boolean(), moment)
    .map(([tenant, isValid, ms]) =>
      act(`write ${tenant}${isValid ? '' : ' broken'}`, bench => bench.write(tenant, isValid), ms),
    ),
  fc
    .tuple(name, moment)
    .map(([tenant, ms]) =>
      act(`delete ${tenant}`, ({ git }) => git.commit({ [tenantPath(tenant)]: undefined }), ms),
    ),
  fc.tuple(call, error, fc.integer({ min: 1, max: 4 })).map(([what, thrown, count]) =>
    act(`${count} ${what} fail: ${thrown.message}`, ({ git }) => {
      git.errors.set(what as 'head', { count, error: thrown });
    }),
  ),
  fc.constant(act('lag', ({ git }) => git.lag())),
  fc
    .constantFrom(1, 900)
    .map(ms => act(`answers take ${ms}`, ({ git }) => Object.assign(git, { answerMs: ms }))),
  fc.constant(act('webhook', ({ index }) => index.refresh(), 3)),
  fc.constantFrom(2, 5_000, 60_000).map(ms => act('wait', () => undefined, ms)),
];

describe('DesiredIndex', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => jest.useRealTimers());

  it('converges to the branch and never travels back in time, whatever happens to Git', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(acts, { maxCommands: 40, size: 'max' }), async commands => {
        const bench = new Bench();
        try {
          await fc.asyncModelRun(() => ({ model: {}, real: bench }), commands);
          bench.git.heal();
          await jest.advanceTimersByTimeAsync(convergedMs);
          bench.look();
          expect(bench.travels).toEqual([]);
          expect(bench.known()).toEqual(bench.truth());
          expect(bench.index.status().state).toBe('ok');
        } finally {
          await bench.stop();
        }
      }),
      { numRuns: 200 },
    );
  });

  it('follows a branch that was set back within ten seconds, and goes on from there', async () => {
    const bench = new Bench();
    bench.write('acme', true);
    bench.write('globex', true);
    await jest.advanceTimersByTimeAsync(5_000);
    bench.write('acme', true);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(bench.known()).toEqual(['acme sha-3', 'globex sha-2']);
    bench.git.setBack(1);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(bench.known()).toEqual(['acme sha-3', 'globex sha-2']);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(bench.known()).toEqual(['acme sha-1', 'globex sha-2']);
    bench.write('acme', true);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(bench.known()).toEqual(['acme sha-4', 'globex sha-2']);
    await bench.stop();
  });
});
