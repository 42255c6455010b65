import type { HistoryCommit } from '../desired/FileHistories';
import { syncedTimes } from './syncedTimes';

/** Commits `version@content`, oldest first, one a day. */
function commits(...states: string[]): HistoryCommit[] {
  return states
    .map((state, index) => {
      const [version, sha] = state.split('@');
      return {
        commit: `c${index}`,
        author: 'Ada',
        message: 'm',
        committedAt: `2026-01-0${index + 1}T00:00:00Z`,
        version,
        sha,
      };
    })
    .reverse();
}

const deployed = (content: string, day: number, hour = 1) => ({
  content,
  deployedAt: `2026-01-0${day}T0${hour}:00:00Z`,
});

const times = (history: HistoryCommit[], ...deployments: Array<ReturnType<typeof deployed>>) =>
  Object.fromEntries(
    [...syncedTimes(history, deployments)].map(([commit, { syncedAt }]) => [
      commit,
      syncedAt.slice(9, 13),
    ]),
  );

describe('syncedTimes', () => {
  it('takes the first deployment of each commit’s content', () => {
    const history = commits('a@1', 'b@2');
    expect(times(history, deployed('2', 2, 5), deployed('2', 2), deployed('1', 1))).toEqual({
      c0: '1T01',
      c1: '2T01',
    });
  });

  it('takes a later deployment that holds the commit too, while the version is the same', () => {
    expect(times(commits('a@1', 'a@2'), deployed('2', 2))).toEqual({ c0: '2T01', c1: '2T01' });
  });

  it('has no time for a version that was replaced before Argo CD saw it', () => {
    expect(times(commits('a@1', 'b@2', 'c@3'), deployed('1', 1), deployed('3', 3))).toEqual({
      c0: '1T01',
      c2: '3T01',
    });
  });

  it('tells a rollback to the very same content from its first release', () => {
    const history = commits('a@1', 'b@2', 'a@1');
    expect(times(history, deployed('1', 1), deployed('2', 2), deployed('1', 3))).toEqual({
      c0: '1T01',
      c1: '2T01',
      c2: '3T01',
    });
  });

  it('knows nothing without deployments', () => {
    expect(times(commits('a@1'))).toEqual({});
    expect(times(commits('a@1'), deployed('9', 2))).toEqual({});
  });
});
