import { testCheckout } from '../__testUtils__/releases';
import { withDeployments } from '../applied/readDeployments';
import { examine } from '../doctor/examine';
import { parseLayouts } from '../layout/layout';
import { memoryTree } from '../tree/memoryTree';
import { readPolicyState } from './changeState';
import { planLayoutChange } from './planLayoutChange';
import { readChangeRequest } from './readChangeRequest';

const policyPath = 'gitops/policy/releases.yaml';
const at = new Date('2026-12-01T12:00:00Z');
const overlay = (name: string) => `overlays/${name}/kustomization.yaml`;
const registry =
  'tenants:\n  north: { tier: premium, ring: 0 }\n  south: { tier: free, ring: 1 }\n  west: { tier: free, ring: 1, hold: "fair" }\n';

function filesOf(policy?: string): Record<string, string> {
  const tenants = ['north', 'south', 'west'].map(name => [
    overlay(name),
    `# ${name}\nresources: [../../base]\nimages:\n  - name: example.com/web # ours\n    newTag: "1.0"\n`,
  ]);
  return {
    ...Object.fromEntries(tenants),
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: web, image: example.com/web }] } } }\n',
    'tenants.yaml': registry,
    ...(policy === undefined ? {} : { [policyPath]: policy }),
  };
}

async function plan(request: object, files = filesOf(), isBound = false) {
  const checkout = testCheckout(files);
  const layouts = parseLayouts({
    layouts: [{ path: 'overlays/{tenant}', facts: { registry: 'tenants.yaml' } }],
  });
  const { releases } = await withDeployments(checkout, {}, found =>
    examine(checkout, found, layouts),
  );
  const state = { ...(await readPolicyState(memoryTree(files))), checkout, releases };
  const context = { by: 'user:default/ada', at, isBound };
  const found = planLayoutChange(state, readChangeRequest(request), context);
  const after = { ...files };
  for (const { edits } of found.parts) for (const { path, text } of edits) after[path] = text;
  return { ...found, after };
}

const refusal = (request: object, files?: Record<string, string>, isBound?: boolean) =>
  plan(request, files, isBound).then(
    () => ({}),
    ({ name, code, message }) => ({ name, code, message }),
  );

const promote = { kind: 'promote', version: '1.1' };

it('moves the version where it stands, one pull request a ring', async () => {
  const { parts, after, leftOut, tenants } = await plan(promote);
  expect(parts.map(({ ring, edits }) => [ring, edits.map(({ path }) => path)])).toEqual([
    [0, [overlay('north')]],
    [1, [overlay('south')]],
  ]);
  expect(after[overlay('north')]).toBe(filesOf()[overlay('north')].replace('1.0', '1.1'));
  expect(tenants).toMatchObject([
    { name: 'north', tier: 'premium', ring: 0 },
    { name: 'south', tier: 'free', ring: 1 },
  ]);
  expect(leftOut).toEqual([{ tenant: 'west', code: 'HELD', text: 'is held at 1.0: fair' }]);
});

it.each<[object, string, string, boolean]>([
  [{ ...promote, tenants: ['west'] }, 'HELD', 'west is held at 1.0', false],
  [
    { ...promote, version: '1.0', tenants: ['south'] },
    'NOTHING_TO_CHANGE',
    'has 1.0 already',
    false,
  ],
  [{ ...promote, version: '6.6' }, 'BAD_VERSION', '6.6 is on the list of bad versions', false],
  [{ ...promote, tiers: ['premium'] }, 'FROZEN', 'north is frozen until', false],
  [
    { ...promote, rings: [1] },
    'RING_ORDER',
    'south waits for ring 0, which does not have 1.1 yet',
    true,
  ],
])('refuses %j', async (request, code, message, isBound) => {
  const files = filesOf(
    'badVersions: [{ version: "6.6", reason: x }]\nfreezes: [{ tenants: [north], from: 2026-11-30T00:00:00Z, until: 2026-12-05T00:00:00Z, reason: fair }]\n',
  );
  expect(await refusal(request, files, isBound)).toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});

it('holds in the policy, obeys that hold, and ends it', async () => {
  const rollback = { kind: 'rollback', version: '0.9', tenants: ['south'], reason: 'errors' };
  const { after, parts } = await plan(rollback);
  expect(parts).toHaveLength(1);
  expect(after[overlay('south')]).toContain('newTag: "0.9"');
  expect(after[policyPath]).toBe(
    'holds:\n  - tenant: south\n    service: web\n    version: "0.9"\n    reason: errors\n    by: "user:default/ada"\n    since: "2026-12-01T12:00:00Z"\n',
  );
  expect(await refusal({ ...promote, tenants: ['south'] }, after)).toMatchObject({
    code: 'HELD',
    message: 'south is held at 0.9 by user:default/ada: errors',
  });
  expect(await refusal(rollback, after)).toMatchObject({ code: 'NOTHING_TO_CHANGE' });
  const moved = await plan({ ...rollback, version: '0.8' }, after);
  expect(moved.after[policyPath].match(/version: "0\.8"/g)).toHaveLength(1);
  expect(moved.after[policyPath]).not.toContain('0.9');
  const released = await plan({ kind: 'release-hold', tenants: ['south'] }, after);
  expect(released.after[policyPath]).toBe('holds: []\n');
});

it('rolls back in a freeze, and says so', async () => {
  const files = filesOf(
    'freezes: [{ all: true, from: 2026-11-30T00:00:00Z, until: 2026-12-05T00:00:00Z, reason: fair }]\n',
  );
  const { parts } = await plan({ kind: 'rollback', version: '0.9', reason: 'x' }, files);
  expect(
    parts.flatMap(({ notes }) => notes.filter(note => note.includes('Passes a freeze'))),
  ).toHaveLength(3);
  expect(parts.flatMap(({ notes }) => notes).join()).toContain('`west` was held: fair');
});

it('holds who is not held, and leaves holds of the layout to its files', async () => {
  const { after, leftOut } = await plan({ kind: 'hold', reason: 'fair' });
  expect(after[policyPath].match(/- tenant: (\w+)/g)).toEqual([
    '- tenant: north',
    '- tenant: south',
  ]);
  expect(leftOut).toMatchObject([{ tenant: 'west', code: 'NOTHING_TO_CHANGE' }]);
  expect(await refusal({ kind: 'release-hold', tenants: ['west'] })).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('is held by the files of its layout'),
  });
});

it.each<[object, string]>([
  [{ ...promote, tenants: ['nobody'] }, 'tenants: there is no tenant nobody'],
  [{ ...promote, service: 'api' }, 'service: no tenant runs api: choose one of web'],
  [{ ...promote, tiers: ['gold'] }, 'tiers: there is no gold: choose one of free, premium'],
  [{ ...promote, rings: [4] }, 'rings: there is no 4: choose one of 0, 1'],
  [{ ...promote, version: { next: true } }, 'version: must be an image tag here'],
  [{ kind: 'set', set: { tier: 'free' } }, 'kind: set is not there for other layouts'],
])('refuses the choice %j', async (request, message) => {
  expect(await refusal(request)).toMatchObject({ message: expect.stringContaining(message) });
});
