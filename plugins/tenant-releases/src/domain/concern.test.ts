import { type ReleaseReason, releaseStates } from '@internal/plugin-tenant-releases-common';
import fc from 'fast-check';
import { createRow, now } from '../testing/fixtures';
import type { Clause } from './clause';
import { toggleClause } from './clauseView';
import { concernRank, concerns, countTenants } from './concern';
import type { FleetRow } from './fleet';
import { sentenceOf, surveyCounts, surveyTenants } from './summary';
import {
  countStates,
  filterExceptState,
  filterStates,
  readFilters,
  sortReleases,
  writeFilters,
} from './tenantFilters';

const codes: ReadonlyArray<ReleaseReason['code']> = [
  'SYNC_FAILED',
  'CRASH_LOOPING',
  'MANUAL_CHANGE',
  'ROLLING_OUT',
  'SYNC_BY_HAND',
  'ROLLOUT_PAUSED',
  'SCALED_TO_ZERO',
  'BETWEEN_RUNS',
  'OVERRIDDEN',
  'HELD',
  'SOURCE_STALE',
  'BAD_VERSION',
  'ALERT_FIRING',
  'ERRORS_ABOVE_OBJECTIVE',
];
const states = fc.constantFrom(...releaseStates);
const servings = fc.option(
  fc.record(
    {
      status: fc.constantFrom('serving', 'failing', 'idle', 'not-measured' as const),
      errorRatio: fc.double({ min: 0, max: 1, noNaN: true }),
      alerts: fc.nat(1_000),
      staleSeconds: fc.nat(600),
    },
    { requiredKeys: ['status'] },
  ),
  { nil: undefined },
);
const fleets = fc
  .uniqueArray(
    fc.record({
      tenant: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      service: fc.constantFrom('one', 'two'),
      state: states,
      delivery: states,
      serving: servings,
      staleSeconds: fc.option(fc.nat(600), { nil: undefined }),
      codes: fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 4 }),
      isHeld: fc.boolean(),
    }),
    { selector: ({ tenant, service }) => `${tenant}/${service}`, maxLength: 12 },
  )
  .map(parts =>
    parts.map(({ codes: some, isHeld, ...part }) =>
      createRow({
        ...part,
        reasons: some.map(code => ({ code, text: code })),
        ...(isHeld ? { hold: { version: 'sha-1', reason: 'x', by: 'ada', since: '' } } : {}),
      } as Partial<FleetRow>),
    ),
  );

const clausesOf = (parts: Array<string | Clause>) =>
  parts.filter((part): part is Clause => typeof part !== 'string');

/** The rows that a press on a clause shows, by way of the URL. */
function shownBy(rows: readonly FleetRow[], clause: Clause) {
  const before = readFilters(new URLSearchParams('state=held&q=x&tier=free&ring=3&sort=-since'));
  const url = writeFilters(new URLSearchParams(), toggleClause(before, clause));
  const filters = readFilters(url);
  return filterStates(filterExceptState(rows, filters), filters.states);
}

/** The number that a clause begins with, or has behind "whether"; `undefined`: it says "they". */
function numberIn(text: string): number | undefined {
  const digits = /^(?:whether )?([\d,]+) /.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits.replace(/,/g, ''));
}

describe('each clause of the sentence', () => {
  it('counts the tenants that it shows', () => {
    fc.assert(
      fc.property(fleets, rows => {
        for (const clause of clausesOf(sentenceOf(surveyTenants(rows)))) {
          const text = clause.say(now);
          const shown = shownBy(rows, clause);
          const isOfRows = text.includes('last known') && /\brows? /.test(text);
          const counted = numberIn(text) ?? countTenants(rows);
          expect([text, isOfRows ? shown.length : countTenants(shown)]).toEqual([text, counted]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('counts the releases that it shows while only their states are known', () => {
    fc.assert(
      fc.property(fleets, rows => {
        for (const clause of clausesOf(sentenceOf(surveyCounts(countStates(rows), rows)))) {
          expect(shownBy(rows, clause)).toHaveLength(numberIn(clause.say(now))!);
        }
      }),
    );
  });

  it('leaves nobody out: who is in none is as Git wants it', () => {
    fc.assert(
      fc.property(fleets, rows => {
        const { tenants, asWanted, delivery } = surveyTenants(rows);
        const wanted = new Set(['held', 'pinned', 'scaled-to-zero', 'between-runs']);
        const others = delivery
          .filter(({ shows }) => 'concern' in shows && !wanted.has(shows.concern))
          .map(({ say }) => numberIn(say(now))!);
        expect(asWanted + others.reduce((a, b) => a + b, 0)).toBe(tenants);
      }),
    );
  });

  it('keeps the sentence short, whatever there is', () => {
    fc.assert(
      fc.property(fleets, rows => {
        const text = sentenceOf(surveyTenants(rows))
          .map(part => (typeof part === 'string' ? part : part.say(now)))
          .join('');
        expect(text.length).toBeLessThan(500);
      }),
    );
  });
});

describe('the order by concern', () => {
  const because = (code: ReleaseReason['code'], part: Partial<FleetRow> = {}) =>
    createRow({ tenant: code, state: 'degraded', reasons: [{ code, text: code }], ...part });

  it('has the worst first: what customers feel, what does not arrive, what may hurt, what moves, what is wanted', () => {
    const rows = [
      createRow({ tenant: 'serves' }),
      createRow({ tenant: 'not-measured', serving: undefined }),
      because('SCALED_TO_ZERO', { state: 'in-sync' }),
      because('HELD', { state: 'held' }),
      createRow({ tenant: 'stale', staleSeconds: 60 }),
      because('SOURCE_STALE', { state: 'unknown' }),
      because('SYNC_BY_HAND', { state: 'progressing' }),
      because('ROLLING_OUT', { state: 'progressing' }),
      because('MANUAL_CHANGE', { state: 'drifted' }),
      because('BAD_VERSION', { delivery: 'in-sync' }),
      because('ALERT_FIRING', { delivery: 'in-sync' }),
      because('CRASH_LOOPING'),
      because('SYNC_FAILED'),
      because('ERRORS_ABOVE_OBJECTIVE', { delivery: 'in-sync' }),
    ];
    const sorted = sortReleases(rows, { sort: 'concern', descending: false });
    expect(sorted.map(({ tenant }) => tenant)).toEqual(rows.map(({ tenant }) => tenant).reverse());
  });

  it('goes by the state where no reason says why', () => {
    expect(concernRank(createRow({ state: 'degraded', delivery: 'in-sync' }))).toBe(
      concerns.indexOf('degraded'),
    );
  });

  it('agrees with the states that releases are in by delivery alone', () => {
    const rows = releaseStates.map(state => createRow({ state }));
    const ranks = rows.map(concernRank);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(ranks.at(-1)).toBe(concerns.length);
  });
});
