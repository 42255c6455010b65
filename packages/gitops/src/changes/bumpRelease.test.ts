import { deployment, testCheckout } from '../__testUtils__/releases';
import { withDeployments } from '../applied/readDeployments';
import { examine } from '../doctor/examine';
import { parseLayouts } from '../layout/layout';
import type { LayoutSettings } from '../layout/layoutSchema';
import { bumpRelease, type ReleaseChoice } from './bumpRelease';
import { ChangeRefusal } from './ChangeRefusal';

/** The lines that a bump changes, by file. */
async function bumped(
  files: Record<string, string>,
  path: string,
  choice: ReleaseChoice,
  version = '2.0.0',
  facts: LayoutSettings['facts'] = {},
) {
  const checkout = testCheckout(files);
  const layouts = parseLayouts({ layouts: [{ path, facts }] });
  const { releases } = await withDeployments(checkout, {}, found =>
    examine(checkout, found, layouts),
  );
  return bumpRelease(checkout, releases, choice, version).map(edit => {
    const before = edit.before.split('\n');
    const lines = edit.text.split('\n').filter((line, index) => line !== before[index]);
    return { path: edit.path, lines, services: edit.releases.map(({ service }) => service) };
  });
}

const umbrella = {
  't/acme/Chart.yaml':
    'name: x\ndependencies:\n  - { name: api, version: 1.0.0, repository: oci://x }\n  - { name: web, version: 1.0.0, repository: oci://x }\n',
  't/acme/values.yaml': 'global:\n  tag: 1.6.0\n',
};

it('names every service that moves with a shared tag', async () => {
  const choice = { tenant: 'acme', service: 'api' };
  expect(await bumped(umbrella, 't/{tenant}/Chart.yaml', choice)).toEqual([
    { path: 't/acme/values.yaml', lines: ['  tag: 2.0.0'], services: ['api', 'web'] },
  ]);
});

it('changes every place that holds the version of a service', async () => {
  const files = {
    'base/x.yaml': '',
    'overlays/acme/kustomization.yaml': 'resources: [../../base, a.yaml, b.yaml]\n',
    'base/kustomization.yaml': 'resources: []\n',
    'overlays/acme/a.yaml': deployment('api', 'a/api:1.0.0'),
    'overlays/acme/b.yaml': deployment('api-worker', 'a/api:1.0.0').replace(
      'name: api-worker\n          image',
      'name: api\n          image',
    ),
  };
  const edits = await bumped(files, 'overlays/{tenant}', { tenant: 'acme', service: 'api' });
  expect(edits.map(({ path, lines }) => [path, lines])).toEqual([
    ['overlays/acme/a.yaml', ['          image: a/api:2.0.0']],
    ['overlays/acme/b.yaml', ['          image: a/api:2.0.0']],
  ]);
});

it('does nothing where the version is there already', async () => {
  expect(
    await bumped(umbrella, 't/{tenant}/Chart.yaml', { tenant: 'acme', service: 'web' }, '1.6.0'),
  ).toEqual([]);
});

it.each<[ReleaseChoice, string]>([
  [{ tenant: 'nobody', service: 'api' }, 'known are: acme'],
  [{ tenant: 'acme', service: 'db' }, 'it has: api, web'],
  [{ tenant: 'acme', service: 'api', environment: 'prod' }, 'no environment prod'],
])('says what there is instead of %j', async (choice, why) => {
  const bump = bumped(umbrella, 't/{tenant}/Chart.yaml', choice);
  await expect(bump).rejects.toThrow(ChangeRefusal);
  await expect(bump).rejects.toThrow(why);
});

it('leaves alone what another release has as a further place', async () => {
  const files = {
    'base/kustomization.yaml': 'resources: [shared.yaml]\n',
    'base/shared.yaml': deployment('api', 'a/api:1.0.0'),
    'overlays/acme/kustomization.yaml': 'resources: [own.yaml, ../../base]\n',
    'overlays/acme/own.yaml': deployment('api', 'a/api:1.0.0'),
    'overlays/bravo/kustomization.yaml': 'resources: [../../base]\n',
  };
  await expect(
    bumped(files, 'overlays/{tenant}', { tenant: 'acme', service: 'api' }),
  ).rejects.toThrow('is the version of bravo/api too');
});

it.each([
  ['values', 't/acme.yaml', 'image:\n  repository: a/api\n  tag: 1.0.0\n  digest: DIGEST\n'],
  [
    'a kustomization',
    't/kustomization.yaml',
    'resources: [https://git.example.com/base]\nimages:\n  - name: a/api\n    newTag: 1.0.0\n    digest: DIGEST\n',
  ],
])('refuses a tag of %s with a digest beside it', async (_, file, text) => {
  const files = { [file]: text.replace('DIGEST', `sha256:${'a'.repeat(64)}`) };
  const [path, tenant] = file.includes('acme') ? ['t/{tenant}.yaml', 'acme'] : ['{tenant}', 't'];
  await expect(bumped(files, path, { tenant, service: 'api' })).rejects.toThrow(
    'a digest stands beside its tag',
  );
});

it.each<[string, string, string]>([
  [
    'hold: { version: 1.0.0, reason: errors, by: ada, since: "2026-01-02" }',
    'hold',
    'at 1.0.0 by ada: errors',
  ],
  ['hold: waits for the audit', 'hold', 'at 1.0.0: waits for the audit'],
  ['deploys: { automatic: false }', '!deploys.automatic', 'at 1.0.0: deploys.automatic is false'],
  ['paused: "yes"', 'paused', 'at 1.0.0: paused is yes'],
])('leaves alone what is held: %s', async (line, hold, why) => {
  const files = { 'e/prod/api': `image_tag: 1.0.0\n${line}\n` };
  const bump = (version: string) =>
    bumped(files, 'e/{environment}/{service}', { tenant: 'prod', service: 'api' }, version, {
      keys: { hold },
    });
  await expect(bump('2.0.0')).rejects.toThrow(`prod/api is held ${why}`);
  expect(await bump('1.0.0')).toEqual([]);
});

it('moves what a hold names, or what is held no more', async () => {
  const bump = (line: string, hold: string) =>
    bumped(
      { 'e/prod/api': `image_tag: 1.0.0\n${line}\n` },
      'e/{environment}/{service}',
      { tenant: 'prod', service: 'api' },
      '2.0.0',
      { keys: { hold } },
    );
  const moved = [expect.objectContaining({ lines: ['image_tag: 2.0.0'] })];
  const block = 'hold: { version: 2.0.0, reason: errors, by: ada, since: "2026-01-02" }';
  expect(await bump(block, 'hold')).toEqual(moved);
  expect(await bump('deploys: true', '!deploys')).toEqual(moved);
  expect(await bump('paused: false', 'paused')).toEqual(moved);
  expect(await bump('paused:', 'paused')).toEqual(moved);
});
