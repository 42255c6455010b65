import { fingerprintOfRequest, readChangeRequest } from './readChangeRequest';

const mean = (request: object, service = 'demo-api') =>
  fingerprintOfRequest(readChangeRequest(request), service);

const promote = { kind: 'promote', version: 'v1', tenants: ['a', 'b'], reason: 'x' };
const freeze = { kind: 'freeze', until: '2026-12-24T00:00:00Z', reason: 'x' };

it.each<[string, object, object]>([
  [
    'the order of keys',
    promote,
    { reason: 'x', tenants: ['a', 'b'], version: 'v1', kind: 'promote' },
  ],
  [
    'the order of a list, and what it names twice',
    promote,
    { ...promote, tenants: ['b', 'a', 'b'] },
  ],
  ['whether it is a dry run', promote, { ...promote, dryRun: false }],
  ['the service where there is one', promote, { ...promote, service: 'demo-api' }],
  ['one pull request a ring', promote, { ...promote, onePullRequest: false }],
  ['blanks around the reason', promote, { ...promote, reason: ' x ' }],
  [
    'that a roll-back holds',
    { kind: 'rollback', version: 'v1', reason: 'x' },
    { kind: 'rollback', version: 'v1', reason: 'x', hold: true },
  ],
  [
    'how an instant is written',
    freeze,
    { ...freeze, until: '2026-12-24T01:00:00', timeZone: 'Europe/Berlin' },
  ],
])('is the same whatever %s', (_, one, other) => {
  expect(mean(one)).toBe(mean(other));
});

it.each<[string, object]>([
  ['version', { version: 'v2' }],
  ['tenants', { tenants: ['a'] }],
  ['everybody', { tenants: undefined }],
  ['ring', { rings: [1] }],
  ['reason', { reason: 'y' }],
  ['service', { service: 'other' }],
  ['kind', { kind: 'rollback' }],
  ['one pull request for all', { onePullRequest: true }],
])('is another with another %s', (_, change) => {
  expect(mean({ ...promote, ...change })).not.toBe(mean(promote));
});

it('names every field that is wrong, the first as its own', () => {
  const read = () => readChangeRequest({ kind: 'freeze', rings: [12], until: 5, extra: 1 });
  expect(read).toThrow(
    'rings.0: must be a whole number from 0 to 9; until: must be a text; extra: is not a field of a change: leave it out',
  );
});

it.each([undefined, null, [], 'promote', 5])('takes %j for no request', value => {
  expect(() => readChangeRequest(value)).toThrow(
    /^request: (is missing|must be an object with a kind)/,
  );
});

it('takes no field of an object for one of a request', () => {
  const request = JSON.parse(
    '{ "kind": "promote", "version": "v1", "__proto__": { "dryRun": true } }',
  );
  expect(() => readChangeRequest(request)).toThrow('__proto__: is not a field of a change');
});
