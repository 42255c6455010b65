import {
  type ReleaseReason,
  type ReleaseState,
  releaseStates,
} from '@internal/plugin-tenant-releases-common';
import fc from 'fast-check';
import { ago, createRow, now } from '../testing/fixtures';
import { describeSkew, fleetVersions } from './fleetVersions';
import { matrixColumns, matrixItems, sortForMatrix } from './matrix';
import { concernRank, concerns, countTenants, rowsByConcern } from './concern';
import { type FleetRow, rowKey } from './fleet';
import { fleetTitle, releaseTitle } from './pageTitle';
import { releaseSentence } from './releaseSentence';
import { describeSurvey, sentenceOf, surveyFleet } from './summary';
import { versionMultiples } from './versionMultiples';
import { countStates, sortReleases } from './tenantFilters';

type Code = ReleaseReason['code'];

/** What puts a release in each state, as the server says it. */
const delivered: ReadonlyArray<[ReleaseState, Code[]]> = [
  ['in-sync', []],
  ['in-sync', ['FROZEN']],
  ['drifted', ['MANUAL_CHANGE', 'FROZEN']],
  ['in-sync', ['SCALED_TO_ZERO']],
  ['in-sync', ['BETWEEN_RUNS']],
  ['held', ['HELD']],
  ['held', ['OVERRIDDEN']],
  ['held', ['HELD', 'SCALED_TO_ZERO']],
  ['progressing', ['ROLLING_OUT']],
  ['progressing', ['SYNC_BY_HAND']],
  ['progressing', ['SYNC_WINDOW_CLOSED', 'ROLLING_OUT']],
  ['drifted', ['MANUAL_CHANGE']],
  ['degraded', ['CRASH_LOOPING']],
  ['degraded', ['SYNC_FAILED']],
  ['unknown', ['SOURCE_STALE']],
  ['unknown', ['SYNC_UNKNOWN']],
];
const served: readonly Code[] = ['ERRORS_ABOVE_OBJECTIVE', 'ALERT_FIRING', 'BAD_VERSION'];

const releases = fc
  .record({
    tenant: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    service: fc.constantFrom('one', 'two'),
    ring: fc.integer({ min: -1, max: 2 }),
    delivery: fc.constantFrom(...delivered),
    trouble: fc.subarray([...served]),
    isMeasured: fc.boolean(),
    staleSeconds: fc.option(fc.constant(90), { nil: undefined }),
    versions: fc.subarray(['v1', 'v2', 'v3', 'v4'], { minLength: 0, maxLength: 2 }),
    wanted: fc.constantFrom('v1', 'v2', 'v3', 'v4'),
  })
  .map(({ delivery: [delivery, codes], trouble, isMeasured, versions, wanted, ...part }) => {
    const fails = trouble.includes('ERRORS_ABOVE_OBJECTIVE');
    const firstSeen = (version: string) => ago(86_400 * (9 - Number(version[1])));
    return createRow({
      ...part,
      delivery,
      state: trouble.length > 0 ? 'degraded' : delivery,
      reasons: [...trouble, ...codes].map(code => ({ code, text: code, since: ago(60) })),
      serving: isMeasured
        ? {
            status: trouble.length > 0 ? 'failing' : 'serving',
            ...(fails ? { errorRatio: 0.3, objective: 0.05, version: wanted } : {}),
          }
        : undefined,
      desired: { version: wanted, firstSeen: firstSeen(wanted) },
      running: versions.map((version, index) => ({
        version,
        pods: 2 - index,
        ready: 1,
        firstSeen: firstSeen(version),
      })),
    });
  });
const fleets = fc.uniqueArray(releases, { selector: rowKey, minLength: 1, maxLength: 14 });
const surveyOf = (rows: readonly FleetRow[]) =>
  surveyFleet({ rows, totalItems: rows.length, complete: true, sources: [] });

describe('what is said of one fleet in several places', () => {
  it('is the same in the title, the sentence, its filters and the first row', () => {
    fc.assert(
      fc.property(fleets, rows => {
        const survey = surveyOf(rows);
        const [first] = sortReleases(rows, { sort: 'concern', descending: false });
        const worst = concerns[concernRank(first)];
        const isWarned = concernRank(first) <= concerns.indexOf('stale');
        const clause = sentenceOf(survey)
          .filter(part => typeof part === 'object')
          .find(({ shows }) => 'concern' in shows && shows.concern === worst);
        // Where all rows are from before, the sentence begins with it.
        const isAllStale = worst === 'stale' && survey.stale === 'all';
        const words = isAllStale ? 'Last known' : clause?.brief ?? 'no clause';
        const title = isWarned ? `${words} · Tenants` : 'Tenants';
        expect(fleetTitle(survey, 'Tenants')).toBe(title);
        // What the sentence says more is between the words of the title, or behind them.
        const said = new RegExp(`\\b${words.split(' ').join('\\b.*\\b')}\\b`);
        expect(isWarned && !said.test(describeSurvey(survey, now))).toBe(false);
        const shown = rowsByConcern(rows).get(worst) ?? [];
        const counted = worst === 'stale' ? shown.length : countTenants(shown);
        expect(isWarned && !isAllStale && Number(words.split(' ')[0]) !== counted).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('is as bad on the chips as in the title of each release', () => {
    fc.assert(
      fc.property(fleets, rows => {
        const counts = countStates(rows);
        for (const state of releaseStates) {
          expect(rows.filter(row => row.state === state)).toHaveLength(counts[state]);
        }
        for (const row of rows) {
          const isCalm = / in sync$/.test(releaseTitle(row));
          const isTrouble = concernRank(row) < concerns.indexOf('stale');
          expect([isCalm && isTrouble, isCalm && row.state !== 'in-sync']).toEqual([false, false]);
        }
      }),
    );
  });

  it('says of a release alone what the fleet says of it', () => {
    fc.assert(
      fc.property(releases, row => {
        const alone = describeSurvey(surveyOf([row]), now);
        const sentence = releaseSentence(
          { ...row, namespace: row.tenant, health: { status: 'Healthy' }, links: {} },
          now,
        );
        expect(/ drifted/.test(alone)).toBe(/ drifted/.test(sentence));
        expect(/ scaled to zero/.test(alone)).toBe(/ scaled to zero/.test(sentence));
        expect(/ not measured/.test(alone)).toBe(/ not measured/.test(sentence));
        expect(/ waits? for/.test(alone)).toBe(/ waits for/.test(sentence));
      }),
    );
  });

  it('has as many of a ring on the newest as its rows say', () => {
    fc.assert(
      fc.property(fleets, all => {
        const rows = all.map(row => ({ ...row, service: 'one', tenant: rowKey(row) }));
        const versions = fleetVersions(rows);
        const sorted = sortForMatrix(rows, versions).map(row => ({ key: rowKey(row), row }));
        const items = matrixItems(sorted, versions, matrixColumns(versions, 9), () => true);
        for (const ring of items) {
          if (ring.kind !== 'ring') continue;
          const newest = items.filter(
            item =>
              item.kind === 'release' &&
              item.row.ring === ring.ring &&
              describeSkew(item.skew).startsWith('newest'),
          );
          expect(newest).toHaveLength(ring.newest);
          const tab = versionMultiples(rows).rings.find(one => one.ring === ring.ring);
          expect([tab?.newest, tab?.releases]).toEqual([ring.newest, ring.releases]);
        }
      }),
    );
  });
});
