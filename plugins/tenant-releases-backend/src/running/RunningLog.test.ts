import { RunningLog, type VersionedPod } from './RunningLog';

function pod(version: string, readySince?: string, counts = true): VersionedPod {
  return {
    version,
    counts,
    ...(readySince ? { readySince: `2026-01-01T00:00:${readySince}Z` } : {}),
  };
}

describe('RunningLog', () => {
  const at = (log: RunningLog, version: string, notBefore = '00') =>
    log.startOf('r', version, `2026-01-01T00:00:${notBefore}Z`)?.at.slice(17, 19);

  it('remembers when the first pod of a version became ready', () => {
    const log = new RunningLog();
    log.observe('r', [pod('a', '05'), pod('a', '03'), pod('a')]);
    log.observe('r', [pod('a', '40')]);
    expect(at(log, 'a')).toBe('03');
    expect(at(log, 'b')).toBeUndefined();
    expect(log.startOf('other', 'a', '2026-01-01T00:00:00Z')).toBeUndefined();
  });

  it('tells a later start of the same version apart', () => {
    const log = new RunningLog();
    log.observe('r', [pod('a', '05')]);
    log.observe('r', [pod('a', '05'), pod('b', '10')]);
    log.observe('r', [pod('b', '10')]);
    log.observe('r', [pod('b', '10'), pod('a', '20')]);
    expect([at(log, 'a'), at(log, 'b'), at(log, 'a', '11'), at(log, 'a', '30')]).toEqual([
      '05',
      '10',
      '20',
      undefined,
    ]);
  });

  it('takes old pods that stay during a rollout for no new start', () => {
    const log = new RunningLog();
    log.observe('r', [pod('a', '05'), pod('b', '10')]);
    log.observe('r', [pod('a', '05'), pod('b', '10')]);
    expect(at(log, 'a', '06')).toBeUndefined();
  });

  it('says whether it has seen the version before', () => {
    const log = new RunningLog();
    const isWitnessed = (version: string) =>
      log.startOf('r', version, '2026-01-01T00:00:00Z')?.isWitnessed;
    log.observe('r', [pod('a', '05'), pod('b', '10')]);
    log.observe('r', [pod('b', '10'), pod('c', '20')]);
    expect(['a', 'b', 'c'].map(isWitnessed)).toEqual([false, true, true]);
  });

  it('remembers a bounded number of starts of each release, the newest', () => {
    const log = new RunningLog();
    for (let second = 10; second < 60; second += 1)
      log.observe('r', [pod(`v${second}`, `${second}`)]);
    const known = Array.from({ length: 60 }, (_, second) => at(log, `v${second}`)).filter(Boolean);
    expect(known).toEqual(Array.from({ length: 20 }, (_, index) => String(40 + index)));
  });

  it('does not look at pods that end', () => {
    const log = new RunningLog();
    log.observe('r', [pod('a', '05', false)]);
    expect(at(log, 'a')).toBeUndefined();
  });
});
