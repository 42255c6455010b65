import { eventually } from './__testUtils__/eventually';
import { exampleFiles, LayoutPortal, proposedLayouts } from './__testUtils__/startLayoutPortal';

// Helm and kubectl are real, on a machine that may be busy.
jest.setTimeout(120_000);

let portal: LayoutPortal;

beforeEach(async () => {
  portal = await new LayoutPortal().open();
});
afterEach(() => portal.stop());

/** What differs between two commits of a release, once it is rendered. */
async function diffOf(release: string, from: string, to: string) {
  const get = () => portal.get(`/releases/${release}&from=${from}&to=${to}`);
  const waitsFor = async () => {
    const { manifests, error } = await get();
    return manifests ? manifests.pending ?? 'nothing' : error?.message;
  };
  expect(await eventually(waitsFor, 'nothing')).toBe('nothing');
  return get();
}

/** Begins a repository with an example, and changes a text in one of its files. */
async function start(example: string, change: { file: string; from: string; to: string }) {
  const files = exampleFiles(example);
  const first = portal.remote.commit(files);
  const text = files[change.file].replace(change.from, change.to);
  const second = portal.remote.commit({ [change.file]: text });
  await portal.start(await proposedLayouts(example));
  return { first, second };
}

it.each([
  {
    example: 'tenant-values',
    change: { file: 'gitops/tenants/acme-values.yaml', from: 'sha-1a2b3c4', to: 'sha-2b3c4d5' },
    release: 'acme/demo-api/diff?',
    object: ['Deployment', 'changed'],
  },
  {
    example: 'kustomize-overlays',
    change: { file: 'overlays/acme/kustomization.yaml', from: '1.14.2', to: '1.15.0' },
    release: 'acme/api/diff?',
    object: ['Deployment', 'changed'],
  },
  {
    example: 'values-per-tenant',
    change: { file: 'tenants/acme/values.yaml', from: '20260626214519', to: '20260701000000' },
    release: 'acme/inventory/diff?',
    object: ['Deployment', 'changed'],
  },
  {
    example: 'tenant-service-folders',
    change: { file: 'tenants/acme/api/values.yaml', from: '2.3.0', to: '2.4.0' },
    release: 'acme/api/diff?',
    object: ['Deployment', 'changed'],
  },
  {
    example: 'cluster-tenant-folders',
    change: { file: 'clusters/eu-1/acme/values.yaml', from: '3.1.0', to: '3.2.0' },
    release: 'acme/app/diff?environment=eu-1',
    object: ['Deployment', 'changed'],
  },
  {
    example: 'environment-folders',
    change: { file: 'environments/staging/acme.yaml', from: '1.9.0', to: '1.10.0' },
    release: 'acme/demo-api/diff?environment=staging',
    object: ['Deployment', 'changed'],
  },
])('shows what Argo CD would apply before and after: $example', async ({ example, ...one }) => {
  const { first, second } = await start(example, one.change);
  const diff = await diffOf(one.release, first, second);
  expect(diff.values.diff).toContain(one.change.to);
  const changed = diff.manifests.objects.filter(({ diff: text }: { diff: string }) =>
    text.includes(`:${one.change.to}`),
  );
  expect(changed.map(({ kind, change }: Record<string, string>) => [kind, change])).toContainEqual(
    one.object,
  );
  // The other way round nothing is read anew.
  const back = await diffOf(one.release, second, first);
  expect(back.manifests.objects).toHaveLength(diff.manifests.objects.length);
});

it.each([
  {
    example: 'chart-per-environment',
    change: { file: 'environments/prod/Chart.yaml', from: '3.2.1', to: '3.3.0' },
    release: 'prod/api/diff?environment=prod',
    words:
      /^[0-9a-f]{7} cannot be rendered: environments\/prod: its chart takes in api 3\.2\.1 of oci:\/\/ghcr\.io\/acme\/charts, which is not in the repository$/,
  },
  {
    example: 'application-inline',
    change: { file: 'apps/acme.yaml', from: '1.10', to: '1.11' },
    release: 'acme/shop/diff?',
    words:
      /^[0-9a-f]{7} cannot be rendered: shop: the chart shop \S+ of https:\/\/charts\.example\.com is not in the repository$/,
  },
])('says what is not in the repository: $example', async ({ example, change, release, words }) => {
  const { first, second } = await start(example, change);
  const diff = await diffOf(release, first, second);
  expect(diff.values.diff).toContain(change.to);
  expect(diff.manifests.unavailable).toMatch(words);
});

it('masks Secrets, follows files that no version stands in', async () => {
  const base = exampleFiles('kustomize-overlays');
  const file = 'overlays/acme/kustomization.yaml';
  const secret = (value: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: key }\nstringData: { key: ${value} }\n`;
  const more = `${base[file]}configMapGenerator:\n  - { name: settings, files: [settings.properties] }\n`;
  const before = portal.remote.commit({
    ...base,
    [file]: more.replace('resources:', 'resources:\n  - secret.yaml'),
    'overlays/acme/secret.yaml': secret('first-value'),
    'overlays/acme/settings.properties': 'colour=red\n',
  });
  const after = portal.remote.commit({
    [file]: more.replace('resources:', 'resources:\n  - secret.yaml').replace('1.14.2', '1.15.0'),
    'overlays/acme/secret.yaml': secret('second-value'),
    'overlays/acme/settings.properties': 'colour=blue\n',
  });
  await portal.start(await proposedLayouts('kustomize-overlays'));
  const { manifests } = await diffOf('acme/api/diff?', before, after);
  const text = JSON.stringify(manifests);
  expect(text).toContain('colour=blue');
  expect(text).toContain('Secret');
  expect(text).not.toMatch(/first-value|second-value/);
});
