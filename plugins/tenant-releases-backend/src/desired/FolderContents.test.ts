import { FolderContents } from './FolderContents';
import { UpstreamError } from '@internal/gitops';

describe('FolderContents', () => {
  const commits: Record<string, Record<string, string>> = {
    one: {
      'charts/tenant/Chart.yaml': 'a',
      'charts/tenant/.argocd-source-x.yaml': 'a',
      'README.md': 'a',
    },
    readme: { 'charts/tenant/Chart.yaml': 'a', 'README.md': 'b' },
    source: {
      'charts/tenant/Chart.yaml': 'a',
      'charts/tenant/.argocd-source-x.yaml': 'b',
      'README.md': 'a',
    },
    chart: { 'charts/tenant/Chart.yaml': 'b', 'README.md': 'a' },
    renamed: { 'charts/tenant/chart.yaml': 'a', 'README.md': 'a' },
    more: {
      'charts/tenant/Chart.yaml': 'a',
      'charts/tenant/templates/a.yaml': 'a',
      'README.md': 'a',
    },
    beside: {
      'charts/tenant/Chart.yaml': 'a',
      'charts/tenant-2/Chart.yaml': 'a',
      'README.md': 'a',
    },
  };
  const files = jest.fn(async (commit: string) =>
    Object.entries(commits[commit]).map(([path, sha]) => ({ path, sha })),
  );
  const commitsOf = jest.fn();
  let folders: FolderContents;

  beforeEach(() => {
    files.mockClear();
    folders = new FolderContents({ commitsOf, files });
  });

  it.each([
    ['another file', 'readme', true],
    ['what is set for one Application', 'source', true],
    ['a folder beside it', 'beside', true],
    ['a content', 'chart', false],
    ['a name', 'renamed', false],
    ['one file more', 'more', false],
  ])('is the same after a change of %s: %s', async (_, commit, isSame) => {
    const [before, after] = await Promise.all(
      ['one', commit].map(each => folders.digest(each, 'charts/tenant')),
    );
    expect(before === after).toBe(isSame);
  });

  it('takes no folder for the whole repository', async () => {
    expect(await folders.digest('one', '')).not.toBe(await folders.digest('readme', ''));
    expect(await folders.digest('one', '')).not.toBe(await folders.digest('one', 'charts'));
  });

  it('asks once for a commit, whichever folders', async () => {
    await Promise.all([folders.digest('one', 'charts'), folders.digest('one', '')]);
    await folders.digest('one', 'charts');
    expect(files).toHaveBeenCalledTimes(1);
  });

  it('says when Git does not answer, and asks again', async () => {
    files.mockRejectedValueOnce(new UpstreamError('timeout', 'no answer in time'));
    await expect(folders.digest('one', 'charts')).rejects.toThrow('no answer in time');
    expect(await folders.digest('one', 'charts')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says when a folder was changed, and asks once', async () => {
    commitsOf.mockResolvedValue([{ sha: 'one', committedAt: '2026-01-01T00:00:00Z' }]);
    expect(await folders.changedAt('one', 'charts/tenant')).toBe('2026-01-01T00:00:00Z');
    expect(await folders.changedAt('one', 'charts/tenant')).toBe('2026-01-01T00:00:00Z');
    expect(commitsOf.mock.calls).toEqual([['charts/tenant', 'one', 1, 1]]);
    commitsOf.mockResolvedValue([]);
    expect(await folders.changedAt('one', 'charts/none')).toBeUndefined();
  });
});
