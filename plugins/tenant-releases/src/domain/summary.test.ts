import { ago, createRow, now } from '../testing/fixtures';
import type { FleetRow } from './fleet';
import { describeSurvey, surveyCounts, surveyTenants } from './summary';

let counter = 0;
function release(part: Partial<FleetRow>): FleetRow {
  counter += 1;
  return createRow({ tenant: `tenant-${counter}`, ...part });
}
const good = () => release({});
const rolling = () =>
  release({
    state: 'progressing',
    reasons: [{ code: 'ROLLING_OUT', text: '1 of 3', since: ago(40) }],
  });
const failed = (seconds: number) =>
  release({
    state: 'degraded',
    reasons: [{ code: 'SYNC_FAILED', text: 'quota', since: ago(seconds) }],
  });

describe('describeSurvey', () => {
  it.each<[string, FleetRow[], string]>([
    ['none', [], 'There are no tenants yet.'],
    ['one', [good()], 'The only tenant runs what Git wants.'],
    ['all', [good(), good()], 'All 2 tenants run what Git wants.'],
    ['one of two', [good(), rolling()], '1 of 2 tenants runs what Git wants; 1 is rolling out.'],
    [
      'several states, the one of most concern first',
      [good(), good(), rolling(), failed(720)],
      '2 of 4 tenants run what Git wants; 1 has failed to sync for 12 min, 1 is rolling out.',
    ],
    [
      'the longest of several',
      [good(), failed(60), failed(7200)],
      '1 of 3 tenants runs what Git wants; 2 have failed to sync for up to 2 h.',
    ],
    [
      'degraded for another reason',
      [
        good(),
        release({
          state: 'degraded',
          reasons: [{ code: 'CRASH_LOOPING', text: 'crash', since: ago(180) }],
        }),
      ],
      '1 of 2 tenants runs what Git wants; 1 is degraded for 3 min.',
    ],
    [
      'a held one, which runs what Git wants',
      [
        good(),
        release({ state: 'held', reasons: [{ code: 'HELD', text: 'held', since: ago(60) }] }),
      ],
      'All 2 tenants run what Git wants; 1 is held.',
    ],
    [
      'an unknown one',
      [good(), release({ state: 'unknown', reasons: [] })],
      '1 of 2 tenants runs what Git wants; 1 is in an unknown state.',
    ],
    [
      'none of several',
      [rolling(), rolling()],
      'None of 2 tenants runs what Git wants; 2 are rolling out.',
    ],
    [
      'the only one not',
      [rolling()],
      'The only tenant does not run what Git wants; 1 is rolling out.',
    ],
    [
      'a tenant of two services by the worse one',
      [
        createRow({ tenant: 'two', service: 'one' }),
        createRow({ tenant: 'two', service: 'other', state: 'drifted' }),
        good(),
      ],
      '1 of 2 tenants runs what Git wants; 1 has drifted for 2 h.',
    ],
  ])('says of %s', (_, releases, expected) => {
    expect(describeSurvey(surveyTenants(releases), now)).toBe(expected);
  });

  it('says the same of counts, without times', () => {
    const counts = {
      degraded: 2,
      drifted: 0,
      progressing: 1,
      unknown: 0,
      held: 3,
      'in-sync': 4_994,
    };
    expect(describeSurvey(surveyCounts(counts), now)).toBe(
      '4,997 of 5,000 tenants run what Git wants; 2 are degraded, 1 is rolling out, 3 are held.',
    );
  });
});
