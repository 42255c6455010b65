import { mockServices } from '@backstage/backend-test-utils';
import { readGitopsConfig, UpstreamError } from '@internal/gitops';
import fc from 'fast-check';
import { FakeGitApi } from '../__testUtils__/FakeGitApi';
import { tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { DesiredIndex } from './DesiredIndex';
import { FileHistories } from './FileHistories';

jest.mock('node:timers/promises', () => jest.requireActual('../__testUtils__/fakeDelays'));
jest.setTimeout(60_000);

const gitops = readGitopsConfig({
  getOptional: key =>
    ({
      'tenantReleases.gitops.repository': 'https://git.example.com/acme/platform',
      'tenantReleases.gitops.pollSeconds': 4,
    }[key]),
});
const service = 'demo-api';

function startIndex(git: FakeGitApi): DesiredIndex {
  const index = new DesiredIndex({
    api: git,
    gitops,
    service,
    logger: mockServices.logger.mock(),
  });
  index.start();
  return index;
}

async function stopIndex(index: DesiredIndex): Promise<void> {
  const stopped = index.stop();
  await jest.advanceTimersByTimeAsync(10_000);
  await stopped;
}

/** Gives tenants a version by one commit each time, and remembers when each version came first. */
class Fleet {
  readonly git = new FakeGitApi();
  readonly truth = new Map<string, string>();
  readonly #held = new Map<string, string>();

  constructor() {
    this.git.answerMs = 0;
  }

  async release(changes: ReadonlyArray<readonly [tenant: string, version: string]>): Promise<void> {
    const files = changes.filter(([tenant, version]) => this.#held.get(tenant) !== version);
    if (files.length === 0) return;
    this.git.commit(
      Object.fromEntries(
        files.map(([tenant, version]) => [tenantPath(tenant), tenantFile(tenant, version)]),
      ),
    );
    const head = (await this.git.head('main'))!;
    for (const [tenant, version] of files) {
      this.#held.set(tenant, version);
      if (!this.truth.has(version)) this.truth.set(version, head.commit.committedAt);
    }
  }
}

const tenants = ['acme', 'globex', 'initech', 'umbrella'];
const versions = ['v1', 'v2', 'v3', 'v4', 'v5'];
const change = fc.tuple(fc.constantFrom(...tenants), fc.constantFrom(...versions));
const step = fc.uniqueArray(change, { minLength: 1, maxLength: 4, selector: ([tenant]) => tenant });

describe('when a version was first seen', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('is when any tenant first had it, under any releases and roll-backs, also after a restart', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.boolean(), async (steps, isSeen) => {
        const fleet = new Fleet();
        await fleet.release([['acme', 'v1']]);
        const index = startIndex(fleet.git);
        await jest.advanceTimersByTimeAsync(5_000);
        for (const changes of steps) {
          await fleet.release(changes);
          if (isSeen) await jest.advanceTimersByTimeAsync(5_000);
        }
        await jest.advanceTimersByTimeAsync(5_000);
        const restarted = startIndex(fleet.git);
        await jest.advanceTimersByTimeAsync(1_000);
        try {
          for (const [version, time] of fleet.truth) {
            expect([version, restarted.firstSeen(service, version)]).toEqual([version, time]);
            // Between two looks a version may come and go, with a file as it was before.
            const told = index.firstSeen(service, version);
            const isRight = isSeen
              ? told === time
              : told === undefined || Date.parse(told) >= Date.parse(time);
            expect({ version, told, isRight }).toEqual({ version, told, isRight: true });
          }
        } finally {
          await stopIndex(index);
          await stopIndex(restarted);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('says nothing while Git does not hand out histories, and the truth as soon as it does', async () => {
    const fleet = new Fleet();
    await fleet.release([['acme', 'v1']]);
    await fleet.release([['acme', 'v2']]);
    await fleet.release([['acme', 'v1']]);
    const error = new UpstreamError('rate-limited', 'answered 429', 2);
    fleet.git.errors.set('commitsOf', { count: 8, error });
    const index = startIndex(fleet.git);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(index.entries()).toHaveLength(1);
    expect(versions.map(version => index.firstSeen(service, version))).toEqual(
      versions.map(() => undefined),
    );
    await jest.advanceTimersByTimeAsync(60_000);
    expect(index.firstSeen(service, 'v1')).toBe(fleet.truth.get('v1'));
    expect(index.firstSeen(service, 'v2')).toBe(fleet.truth.get('v2'));
    await stopIndex(index);
  });

  it('costs a few requests a version in a large fleet, and none while nothing changes', async () => {
    const fleet = new Fleet();
    const many = Array.from({ length: 1_000 }, (_, index) => `tenant-${index}`);
    await fleet.release(many.slice(0, 1).map(tenant => [tenant, 'v1'] as const));
    await fleet.release(many.map(tenant => [tenant, 'v1'] as const));
    await fleet.release(many.map(tenant => [tenant, 'v2'] as const));
    await fleet.release(many.map(tenant => [tenant, 'v1'] as const));
    const read = jest.spyOn(FileHistories.prototype, 'readVersions');
    const index = startIndex(fleet.git);
    await jest.advanceTimersByTimeAsync(100);
    expect(index.firstSeen(service, 'v1')).toBe(fleet.truth.get('v1'));
    expect(index.firstSeen(service, 'v2')).toBe(fleet.truth.get('v2'));
    expect(read.mock.calls.length).toBeLessThanOrEqual(5);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(read.mock.calls.length).toBeLessThanOrEqual(5);
    await fleet.release(many.map(tenant => [tenant, 'v3'] as const));
    await jest.advanceTimersByTimeAsync(6_000);
    expect(index.firstSeen(service, 'v3')).toBe(fleet.truth.get('v3'));
    await fleet.release(many.map(tenant => [tenant, 'v1'] as const));
    await jest.advanceTimersByTimeAsync(6_000);
    expect(index.firstSeen(service, 'v1')).toBe(fleet.truth.get('v1'));
    expect(read.mock.calls.length).toBeLessThanOrEqual(10);
    await stopIndex(index);
  });
});
