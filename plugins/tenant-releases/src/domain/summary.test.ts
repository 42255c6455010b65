import type { ReleaseReason, ReleaseState } from '@internal/plugin-tenant-releases-common';
import { ago, createRow, now } from '../testing/fixtures';
import type { FleetRow } from './fleet';
import { describeSurvey, surveyCounts, surveyFleet, surveyTenants } from './summary';

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

type Code = ReleaseReason['code'];
const because = (...codes: Code[]) => codes.map(code => ({ code, text: code, since: ago(60) }));
const waits = (...codes: Code[]) => release({ state: 'progressing', reasons: because(...codes) });
const quiet = (code: Code, state: ReleaseState = 'in-sync') =>
  release({ state, reasons: because(code) });

describe('describeSurvey', () => {
  it.each<[string, FleetRow[], string]>([
    ['none: why there are none is not for it to say', [], ''],
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
    [
      'those that wait apart from those that roll out',
      [good(), rolling(), waits('SYNC_BY_HAND'), waits('SYNC_WINDOW_CLOSED')],
      '1 of 4 tenants runs what Git wants; 1 is rolling out, 2 wait for a person or a window.',
    ],
    [
      'a paused rollout',
      [good(), waits('ROLLOUT_PAUSED')],
      '1 of 2 tenants runs what Git wants; 1 waits for a person or a window.',
    ],
    [
      'one that rolls out and has to wait after that',
      [good(), waits('SYNC_BY_HAND', 'ROLLING_OUT')],
      '1 of 2 tenants runs what Git wants; 1 is rolling out.',
    ],
    [
      'hooks that run',
      [good(), waits('HOOKS_RUNNING')],
      '1 of 2 tenants runs what Git wants; 1 is rolling out.',
    ],
    [
      'scaled to zero by wish: nothing runs there',
      [good(), quiet('SCALED_TO_ZERO')],
      'All 2 tenants are as intended; 1 is scaled to zero.',
    ],
    [
      'jobs between their runs',
      [quiet('BETWEEN_RUNS'), quiet('BETWEEN_RUNS'), rolling()],
      '2 of 3 tenants are as intended; 1 is rolling out, 2 are between two runs.',
    ],
    [
      'the only one, scaled to zero',
      [quiet('SCALED_TO_ZERO')],
      'The only tenant is as intended; 1 is scaled to zero.',
    ],
    [
      'held and scaled to zero',
      [good(), quiet('SCALED_TO_ZERO', 'held')],
      'All 2 tenants are as intended; 1 is scaled to zero.',
    ],
    [
      'pinned by an Application, which is no hold',
      [good(), quiet('OVERRIDDEN', 'held'), quiet('FOLLOWS_OTHER_REVISION', 'held')],
      'All 3 tenants are as intended; 2 are pinned by their Applications.',
    ],
    [
      'another revision that is followed in sync',
      [good(), quiet('FOLLOWS_OTHER_REVISION')],
      'All 2 tenants run what Git wants.',
    ],
    [
      'a tenant of two services of which one is scaled to zero',
      [
        createRow({ tenant: 'two', service: 'one' }),
        createRow({
          tenant: 'two',
          service: 'other',
          reasons: [{ code: 'SCALED_TO_ZERO', text: 'zero' }],
        }),
        good(),
      ],
      'All 2 tenants are as intended; 1 is scaled to zero.',
    ],
    ...(
      [
        'SYNC_UNKNOWN',
        'HEALTH_UNKNOWN',
        'APPLICATION_INVALID',
        'PODS_INVALID',
        'APPLICATION_MISMATCH',
        'APPLICATION_AMBIGUOUS',
      ] as const
    ).map((code): [string, FleetRow[], string] => [
      code,
      [good(), quiet(code, 'unknown')],
      '1 of 2 tenants runs what Git wants; 1 is in an unknown state.',
    ]),
    [
      'no destination that is known',
      [good(), quiet('DESTINATION_UNKNOWN', 'degraded')],
      '1 of 2 tenants runs what Git wants; 1 is degraded for 1 min.',
    ],
    [
      'a sync that somebody ended',
      [good(), quiet('SYNC_TERMINATED', 'drifted')],
      '1 of 2 tenants runs what Git wants; 1 has drifted for 1 min.',
    ],
  ])('says of %s', (_, releases, expected) => {
    expect(describeSurvey(surveyTenants(releases), now)).toBe(expected);
  });

  it('does not take the time of an alert for that of a crash', () => {
    const both = release({
      state: 'degraded',
      reasons: [
        { code: 'ALERT_FIRING', text: 'Alert X fires', since: ago(7_200) },
        { code: 'CRASH_LOOPING', text: 'crash', since: ago(180) },
      ],
    });
    expect(describeSurvey(surveyTenants([good(), both]), now)).toContain('1 is degraded for 3 min');
  });

  it.each<[FleetRow[], string]>([
    [[good(), good()], 'All 2 tenants that can be read run what Git wants.'],
    [[good()], 'The only tenant that can be read runs what Git wants.'],
    [[good(), rolling()], '1 of 2 tenants that can be read runs what Git wants; 1 is rolling out.'],
  ])('does not speak for rows that cannot be read', (rows, expected) => {
    const fleet = { rows, unreadable: 2, totalItems: 4, complete: true, sources: [] };
    expect(describeSurvey(surveyFleet(fleet), now)).toBe(expected);
    expect(describeSurvey(surveyFleet({ ...fleet, unreadable: 0 }), now)).not.toContain('read ');
  });

  const serving = (ratio: number, version?: string, alerts?: number) =>
    release({
      state: 'degraded',
      delivery: 'in-sync',
      serving: { status: 'failing', errorRatio: ratio, objective: 0.05, version, alerts },
      reasons: because('ERRORS_ABOVE_OBJECTIVE'),
    });
  const firing = () =>
    release({
      state: 'degraded',
      delivery: 'in-sync',
      serving: { status: 'failing', alerts: 1 },
      reasons: because('ALERT_FIRING'),
    });
  const bad = () =>
    release({ state: 'degraded', delivery: 'in-sync', reasons: because('BAD_VERSION') });

  it.each<[string, FleetRow[], string]>([
    [
      'a version that fails everywhere',
      [serving(0.333, 'sha-4ed4022'), serving(0.331, 'sha-4ed4022')],
      'All 2 tenants run what Git wants; 2 fail 33 % of requests since sha-4ed4022.',
    ],
    [
      'several ratios and versions',
      [serving(0.1, 'sha-1'), serving(0.3, 'sha-2'), good()],
      'All 3 tenants run what Git wants; 2 fail up to 30 % of requests.',
    ],
    [
      'one that fails without a version that is known',
      [serving(0.1), good()],
      'All 2 tenants run what Git wants; 1 fails 10 % of requests.',
    ],
    [
      'alerts of those that do not fail',
      [serving(0.1, 'sha-1', 3), firing(), firing()],
      'All 3 tenants run what Git wants; 1 fails 10 % of requests since sha-1, 2 have alerts that fire.',
    ],
    [
      'a bad version, which is no drift',
      [bad(), good()],
      'All 2 tenants run what Git wants; 1 is on a bad version.',
    ],
    [
      'trouble of both kinds',
      [serving(0.1, 'sha-1'), failed(720)],
      '1 of 2 tenants runs what Git wants; 1 has failed to sync for 12 min; 1 fails 10 % of requests since sha-1.',
    ],
    [
      'no telemetry',
      [release({ serving: undefined }), release({ serving: undefined })],
      'All 2 tenants run what Git wants; whether they serve is not measured.',
    ],
    [
      'the only one, not measured',
      [release({ serving: undefined })],
      'The only tenant runs what Git wants; whether it serves is not measured.',
    ],
    [
      'tenants of two services of which one is measured',
      ['a', 'b'].flatMap(tenant => [
        createRow({ tenant, service: 'one', serving: undefined }),
        createRow({ tenant, service: 'two' }),
      ]),
      'All 2 tenants run what Git wants; whether 2 serve is not measured.',
    ],
    [
      'some that are not measured',
      [release({ serving: { status: 'not-measured', why: 'x' } }), good(), good()],
      'All 3 tenants run what Git wants; whether 1 serves is not measured.',
    ],
    [
      'what was measured before Prometheus went away',
      [
        release({
          state: 'degraded',
          delivery: 'in-sync',
          serving: { status: 'failing', errorRatio: 0.3, staleSeconds: 60 },
          reasons: because('ERRORS_ABOVE_OBJECTIVE'),
        }),
        firing(),
      ],
      'All 2 tenants run what Git wants; 1 fails 30 % of requests (last known), 1 has an alert that fires.',
    ],
    [
      'failing requests of which nobody knows how many',
      [
        release({
          state: 'degraded',
          delivery: 'in-sync',
          serving: { status: 'failing' },
          reasons: because('ERRORS_ABOVE_OBJECTIVE'),
        }),
      ],
      'The only tenant runs what Git wants; 1 fails requests.',
    ],
    [
      'a thousand alerts',
      Array.from({ length: 1_000 }, firing),
      'All 1,000 tenants run what Git wants; 1,000 have alerts that fire.',
    ],
    [
      'a fleet of which half has no metrics',
      Array.from({ length: 1_000 }, (__, index) =>
        index % 2 ? good() : release({ serving: { status: 'not-measured', why: 'x' } }),
      ),
      'All 1,000 tenants run what Git wants; whether 500 serve is not measured.',
    ],
  ])('says of %s whether they serve', (_, rows, expected) => {
    expect(describeSurvey(surveyTenants(rows), now)).toBe(expected);
  });

  const stale = () => release({ staleSeconds: 190 });

  it.each<[FleetRow[], string]>([
    [[good(), good(), stale()], 'All 3 tenants run what Git wants. 1 row is last known.'],
    [[good(), stale(), stale()], 'All 3 tenants run what Git wants. 2 rows are last known.'],
    [[stale(), stale()], 'Last known: all 2 tenants run what Git wants.'],
  ])('says how much of it is not known to be so now', (rows, expected) => {
    expect(describeSurvey(surveyTenants(rows), now)).toBe(expected);
  });

  it('says of counts of several services a tenant that they are of releases', () => {
    const rows = ['one', 'two'].map(service => createRow({ service }));
    const counts = { degraded: 0, drifted: 0, progressing: 0, unknown: 0, held: 0, 'in-sync': 80 };
    expect(describeSurvey(surveyCounts(counts, rows), now)).toBe(
      'All 80 releases are as intended.',
    );
  });

  it('says of counts what they tell: neither who waits nor who runs nothing', () => {
    const counts = {
      degraded: 2,
      drifted: 0,
      progressing: 1,
      unknown: 0,
      held: 3,
      'in-sync': 4_994,
    };
    expect(describeSurvey(surveyCounts(counts), now)).toBe(
      '4,997 of 5,000 tenants are as intended; 2 are degraded, 1 is rolling out or waits, 3 are held.',
    );
  });
});
