import { ago, createRow } from '../testing/fixtures';
import type { FleetRow } from './fleet';
import {
  countStates,
  filterExceptState,
  filterStates,
  readFilters,
  sortReleases,
  writeFilters,
} from './tenantFilters';

const acme = createRow({ tenant: 'acme', tier: 'premium', ring: 0 });
const globex = createRow({
  tenant: 'globex',
  displayName: 'Globex Corporation',
  ring: 1,
  state: 'progressing',
  reasons: [{ code: 'ROLLING_OUT', text: '1 of 3 pods', since: ago(40) }],
  running: [
    { version: 'sha-1a2b3c4', pods: 1, ready: 1 },
    { version: 'sha-0000001', pods: 2, ready: 2 },
  ],
});
const initech = createRow({
  tenant: 'initech',
  tier: 'free',
  ring: 2,
  state: 'held',
  running: [],
});
const releases = [globex, initech, acme];
const names = (list: readonly FleetRow[]) => list.map(({ tenant }) => tenant);

describe('readFilters and writeFilters', () => {
  it.each([
    '',
    'state=degraded%2Cheld&q=acme&tier=free&ring=0&service=demo-api&version=sha-1a2b3c4&sort=-since',
    'sort=ring',
    'sort=tenant',
    'concern=bad-version&sort=-concern',
  ])('give back the same URL: ?%s', search => {
    const written = writeFilters(new URLSearchParams(), readFilters(new URLSearchParams(search)));
    expect(written.toString()).toBe(search);
  });

  it('leaves out what cannot be read and keeps what belongs to others', () => {
    const parameters = new URLSearchParams(
      'state=great,held&concern=great&ring=x&sort=size&range=6h',
    );
    const filters = readFilters(parameters);
    expect(filters).toMatchObject({ states: ['held'], ring: undefined, sort: 'concern' });
    expect(writeFilters(parameters, filters).toString()).toBe('state=held&range=6h');
  });
});

describe('filterExceptState', () => {
  it.each([
    ['', ['globex', 'initech', 'acme']],
    ['tier=premium', ['acme']],
    ['ring=0', ['acme']],
    ['service=other', []],
    ['version=sha-0000001', ['globex']],
    ['q=CORPORATION', ['globex']],
    ['q=ada+%23142', ['globex', 'initech', 'acme']],
    ['q=pods+globex', ['globex']],
    ['q=nobody', []],
    ['state=held', ['globex', 'initech', 'acme']],
  ])('?%s', (search, expected) => {
    const filters = readFilters(new URLSearchParams(search));
    expect(names(filterExceptState(releases, filters))).toEqual(expected);
  });
});

describe('filterStates and countStates', () => {
  it('keeps the chosen states, all when none is chosen', () => {
    expect(names(filterStates(releases, ['held', 'in-sync']))).toEqual(['initech', 'acme']);
    expect(filterStates(releases, [])).toHaveLength(3);
  });

  it('counts every state', () => {
    expect(countStates(releases)).toEqual({
      'in-sync': 1,
      progressing: 1,
      drifted: 0,
      degraded: 0,
      held: 1,
      unknown: 0,
    });
  });
});

describe('sortReleases', () => {
  it.each([
    ['concern', false, ['globex', 'initech', 'acme']],
    ['concern', true, ['acme', 'initech', 'globex']],
    ['tenant', false, ['acme', 'globex', 'initech']],
    ['tenant', true, ['initech', 'globex', 'acme']],
    ['ring', false, ['acme', 'globex', 'initech']],
    ['state', false, ['globex', 'initech', 'acme']],
    ['tier', false, ['initech', 'acme', 'globex']],
    ['running', false, ['initech', 'globex', 'acme']],
    ['since', true, ['globex', 'acme', 'initech']],
    ['desired', true, ['acme', 'globex', 'initech']],
  ] as const)('by %s, descending %s', (sort, descending, expected) => {
    expect(names(sortReleases(releases, { sort, descending }))).toEqual(expected);
    expect(names(releases)).toEqual(['globex', 'initech', 'acme']);
  });
});
