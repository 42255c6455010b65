import { ago, createRelease } from '../testing/fixtures';
import { versionBars } from './versionBars';

const run = (tenant: string, ...versions: Array<[string, number?]>) =>
  createRelease({
    tenant,
    desired: undefined,
    running: versions.map(([version, age]) => ({
      version,
      pods: 1,
      ready: 1,
      since: age === undefined ? undefined : ago(age),
    })),
  });

describe('versionBars', () => {
  it('counts tenants per version, newest first, also those in the middle of a roll-out', () => {
    const bars = versionBars([
      run('a', ['old', 9000], ['new', 10]),
      run('b', ['old', 5000]),
      run('c', ['new', 500]),
      run('d', ['older']),
      run('e'),
    ]);
    expect(bars).toEqual([
      { version: 'new', tenants: ['a', 'c'], firstSeen: ago(500) },
      { version: 'old', tenants: ['a', 'b'], firstSeen: ago(9000) },
      { version: 'older', tenants: ['d'], firstSeen: undefined },
    ]);
  });

  it('takes the merge of a version that is wanted for its age', () => {
    expect(versionBars([createRelease()])[0].firstSeen).toBe(ago(7231));
  });
});
