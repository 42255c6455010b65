import { releaseHistory, releaseMarkers, type FileCommit } from './releaseHistory';

/** Commits of the versions, oldest first; undefined for one that could not be read. */
function commits(...versions: Array<string | undefined>): FileCommit[] {
  return versions
    .map((version, index) => ({
      commit: `c${index}`,
      author: 'Ada',
      message: `change ${index}\n\nwith a body`,
      committedAt: `2026-01-0${index + 1}T00:00:00Z`,
      ...(version ? { version } : {}),
    }))
    .reverse();
}

const summary = (...versions: Array<string | undefined>) =>
  releaseHistory(commits(...versions)).map(({ version, previousVersion, kind }) =>
    [kind, previousVersion, version].filter(Boolean).join(' '),
  );

describe('releaseHistory', () => {
  it.each([
    ['nothing', [], []],
    ['the first version', ['a'], ['release a']],
    ['a newer version', ['a', 'b'], ['release a b', 'release a']],
    ['other settings', ['a', 'a'], ['settings a', 'release a']],
    ['back to an older version', ['a', 'b', 'a'], ['rollback b a', 'release a b', 'release a']],
    [
      'forward again',
      ['a', 'b', 'a', 'b'],
      ['release a b', 'rollback b a', 'release a b', 'release a'],
    ],
    [
      'a commit that cannot be read',
      ['a', undefined, 'b'],
      ['release a b', 'settings a', 'release a'],
    ],
    ['nothing readable before', [undefined, 'b'], ['release b']],
  ])('%s', (_, versions, expected) => {
    expect(summary(...versions)).toEqual(expected);
  });

  it('tells what replaced a version, and when; settings replace nothing', () => {
    expect(
      releaseHistory(commits('a', 'a', 'b', 'b')).map(({ replacedBy, replacedAt }) => [
        replacedBy,
        replacedAt,
      ]),
    ).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      ['b', '2026-01-03T00:00:00Z'],
      ['b', '2026-01-03T00:00:00Z'],
    ]);
  });

  it('shortens what people wrote into a pull request, and the path that a file had before', () => {
    const pullRequest = { number: 1, url: 'u', title: 'a\nb', mergedBy: 'x'.repeat(100) };
    const [first] = commits('a');
    const [entry] = releaseHistory([{ ...first, pullRequest, movedFrom: `${'d/'.repeat(200)}a` }]);
    expect(entry.pullRequest).toEqual({
      ...pullRequest,
      title: 'a b',
      mergedBy: `${'x'.repeat(79)}…`,
    });
    expect(entry.movedFrom).toHaveLength(200);
    expect(releaseHistory(commits('a'))[0]).not.toHaveProperty('movedFrom');
  });

  it('keeps who, when and why, in one line', () => {
    const [entry] = releaseHistory([
      {
        ...commits('a')[0],
        author: 'x'.repeat(500),
        message: '\u001b[31m<b>fix</b>\u001b[0m\nmore',
        syncedAt: '2026-01-01T00:00:05Z',
      },
    ]);
    expect(entry).toMatchObject({
      commit: 'c0',
      message: '<b>fix</b>',
      committedAt: '2026-01-01T00:00:00Z',
      syncedAt: '2026-01-01T00:00:05Z',
    });
    expect(entry.author).toHaveLength(80);
  });
});

describe('releaseMarkers', () => {
  it('marks releases where they were synced, oldest first, and no settings', () => {
    const [rollback, settings, second, first] = releaseHistory(commits('a', 'b', 'b', 'a'));
    const entries = [rollback, settings, { ...second, syncedAt: '2026-01-02T00:00:04.9Z' }, first];
    expect(releaseMarkers(entries)).toEqual([
      { time: 1767225600, version: 'a', kind: 'release', author: 'Ada' },
      { time: 1767312004, version: 'b', previousVersion: 'a', kind: 'release', author: 'Ada' },
      { time: 1767484800, version: 'a', previousVersion: 'b', kind: 'rollback', author: 'Ada' },
    ]);
  });
});
