import type { VersionCommit } from '@internal/plugin-tenant-releases-common';
import { UpstreamError } from '@internal/gitops';
import { VersionCommits } from './VersionCommits';

const service = 'demo-api';
const commitOf = (version: string): VersionCommit => ({ commit: version, title: version });

function createCommits() {
  const asked: string[][] = [];
  const answers = { error: undefined as UpstreamError | undefined, unknown: new Set<string>() };
  const repository = {
    commits: async (versions: readonly string[]) => {
      asked.push([...versions]);
      if (answers.error) throw answers.error;
      const known = versions.filter(version => !answers.unknown.has(version));
      return new Map(known.map(version => [version, commitOf(version)]));
    },
  };
  const warn = jest.fn();
  const commits = new VersionCommits(new Map([[service, repository]]), { warn });
  const hints: unknown[] = [];
  commits.changes.subscribe(tenants => hints.push(tenants));
  return { commits, asked, answers, warn, hints };
}

describe('VersionCommits', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => jest.useRealTimers());

  it('asks for 40 versions at once by two requests, and for none of them again', async () => {
    const { commits, asked, hints } = createCommits();
    const versions = Array.from({ length: 40 }, (_, index) => `v${index}`);
    const look = () => versions.map(version => commits.find(service, version)?.title);
    expect(look()).toEqual(versions.map(() => undefined));
    look();
    await commits.settled(service);
    expect(look()).toEqual(versions);
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(look()).toEqual(versions);
    expect(asked.map(({ length }) => length)).toEqual([30, 10]);
    expect(hints).toEqual(['all']);
  });

  it('asks nobody about a service whose repository is not set up', async () => {
    const { commits, asked } = createCommits();
    expect(commits.find('other', 'v1')).toBeUndefined();
    await commits.settled('other');
    expect(asked).toEqual([]);
  });

  it('asks again for what was not known after a while', async () => {
    const { commits, asked, answers, hints } = createCommits();
    answers.unknown.add('v1');
    commits.find(service, 'v1');
    await commits.settled(service);
    commits.find(service, 'v1');
    expect(asked).toHaveLength(1);
    expect(hints).toEqual([]);
    answers.unknown.clear();
    await jest.advanceTimersByTimeAsync(600_000);
    commits.find(service, 'v1');
    await commits.settled(service);
    expect(commits.find(service, 'v1')).toEqual(commitOf('v1'));
  });

  it.each([
    [new UpstreamError('rate-limited', 'answered 403', 300), 300],
    [new UpstreamError('unreachable', 'connection failed'), 60],
  ])('leaves a host alone that answered %s for %d s', async (error, seconds) => {
    const { commits, asked, answers, warn } = createCommits();
    answers.error = error;
    commits.find(service, 'v1');
    await commits.settled(service);
    expect(warn).toHaveBeenCalledTimes(1);
    answers.error = undefined;
    await jest.advanceTimersByTimeAsync(seconds * 1_000 - 10);
    expect(commits.find(service, 'v1')).toBeUndefined();
    await commits.settled(service);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(20);
    commits.find(service, 'v1');
    await commits.settled(service);
    expect(commits.find(service, 'v1')).toEqual(commitOf('v1'));
  });
});
