import { examined, testCheckout } from '../__testUtils__/releases';
import type { LayoutSettings } from '../layout/layoutSchema';
import { readFacts } from './readFacts';

const values = 'image: { repository: acme/api, tag: "1" }\n';
const files = { 't/acme.yaml': values, 't/bravo.yaml': values };

async function facts(more: Record<string, string>, settings: LayoutSettings['facts']) {
  const checkout = testCheckout({ ...files, ...more });
  const layouts = [{ path: 't/{tenant}.yaml', ...(settings ? { facts: settings } : {}) }];
  const { releases } = await examined(checkout, { layouts });
  const found = readFacts(checkout, releases);
  return { known: releases.map(release => found.of(release)), unmatched: found.unmatched };
}

it('knows nothing of tenants that no file tells of', async () => {
  expect(await facts({}, undefined)).toEqual({ known: [{}, {}], unmatched: [] });
});

it('reads them at the keys of the file that stands for the release', async () => {
  const file = `${values}about: { title: Acme Ltd, team: team-a, stage: 3, plan: premium, call: '#acme' }\n`;
  const keys = {
    displayName: 'about.title',
    owner: 'about.team',
    ring: 'about.stage',
    tier: 'about.plan',
    contact: 'about.call',
  };
  const { known } = await facts({ 't/acme.yaml': file }, { keys });
  expect(known).toEqual([
    {
      displayName: 'Acme Ltd',
      owner: 'group:default/team-a',
      ring: 3,
      tier: 'premium',
      contact: '#acme',
    },
    {},
  ]);
});

it.each([
  ['entries by tenant', 'acme: { displayName: Acme, owner: group:ops/Core }\nother: {}\n'],
  ['entries below tenants', 'tenants:\n  acme: { displayName: Acme, owner: ops/core }\n'],
  ['a list', '- { name: acme, displayName: Acme, owner: ops/core }\n- { name: other }\n'],
])('reads them from a registry file of %s', async (_, registry) => {
  const { known, unmatched } = await facts(
    { 'tenants.yaml': registry },
    { registry: 'tenants.yaml' },
  );
  expect(known).toEqual([{ displayName: 'Acme', owner: 'group:ops/core' }, {}]);
  expect(unmatched).toEqual([]);
});

it.each([
  ['acme: { tier: a }\nbravo: { tier: c }\nacme: { tier: b }\n', '(lines 1, 3)'],
  ['tenants:\n  acme: { tier: a }\n  acme: { tier: b }\n  bravo: { tier: c }\n', '(lines 2, 3)'],
  ['- { id: acme, tier: a }\n- { id: acme, tier: b }\n- { id: bravo, tier: c }\n', '(lines 1, 2)'],
])('takes no facts of a tenant that the registry names twice: %j', async (registry, lines) => {
  const { known, unmatched } = await facts(
    { 'tenants.yaml': registry },
    { registry: 'tenants.yaml' },
  );
  expect(known).toEqual([{}, { tier: 'c' }]);
  expect(unmatched).toEqual([
    { kind: 'tenant', name: 'acme', reason: expect.stringContaining(`names it 2 times ${lines}`) },
  ]);
});

it('says what is missing, and what is no fact', async () => {
  const { unmatched } = await facts({}, { registry: 'tenants.yaml' });
  expect(unmatched).toEqual([
    { kind: 'file', name: 'tenants.yaml', reason: 'the registry file is missing' },
  ]);
  const odd = 'acme: { ring: twelve, owner: "a b", hold: { version: "1" } }\n';
  const found = await facts({ 'tenants.yaml': odd }, { registry: 'tenants.yaml' });
  expect(found.known[0]).toEqual({});
  expect(found.unmatched.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('ring "twelve" is no number from 0 to 9'),
    expect.stringContaining('owner "a b" is no group of the catalog'),
    expect.stringContaining('hold needs version, reason, by and since'),
  ]);
  const number = await facts(
    { 'tenants.yaml': 'acme: { hold: 7 }\n' },
    { registry: 'tenants.yaml' },
  );
  expect(number.unmatched.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('hold "7" is neither true nor false'),
  ]);
});
