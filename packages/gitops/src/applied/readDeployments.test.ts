import {
  application,
  deployment,
  examined,
  repository,
  testCheckout,
} from '../__testUtils__/releases';
import { liveApplications } from '../applications/liveApplications';

const chart = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\nappVersion: 7.7.7\n',
  'chart/values.yaml':
    'image:\n  repository: ghcr.io/acme/shop\n  tag: 0.0.1\nother:\n  image: { repository: x/unused, tag: 5.5.5 }\n',
  'chart/templates/a.yaml': 'image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"\n',
};
const files = (source: string, more: Record<string, string> = {}) =>
  testCheckout({ ...chart, 'apps/acme.yaml': application('acme', source), ...more });

it.each<[string, string, Record<string, string>, string]>([
  ['the chart’s own values', '    path: chart', {}, '0.0.1 chart/values.yaml:3'],
  [
    'the last values file',
    '    path: chart\n    helm: { valueFiles: [../v/a.yaml, /v/b.yaml] }',
    { 'v/a.yaml': 'image: { tag: 1.0.0 }\n', 'v/b.yaml': 'image:\n  tag: 1.1.0\n' },
    '1.1.0 v/b.yaml:2',
  ],
  [
    'a values file of helm-secrets',
    '    path: chart\n    helm: { valueFiles: ["secrets://../v.yaml"] }',
    { 'v.yaml': 'password: ENC[x]\nimage: { tag: 1.2.0 }\n' },
    '1.2.0 v.yaml:2',
  ],
  [
    'values',
    '    path: chart\n    helm:\n      valueFiles: [../v.yaml]\n      values: |\n        image:\n          tag: 2.0.0',
    { 'v.yaml': 'image: { tag: 1.0.0 }\n' },
    '2.0.0 apps/acme.yaml:15',
  ],
  [
    'valuesObject',
    '    path: chart\n    helm:\n      values: "image: {tag: 1.0.0}"\n      valuesObject:\n        image:\n          tag: 3.0.0',
    {},
    '3.0.0 apps/acme.yaml:15',
  ],
  [
    'a parameter',
    '    path: chart\n    helm:\n      valuesObject: { image: { tag: 3.0.0 } }\n      parameters:\n        - name: image.tag\n          value: "4.0"',
    {},
    '4.0 apps/acme.yaml:15',
  ],
  [
    'a file as a parameter',
    '    path: chart\n    helm:\n      fileParameters: [{ name: image.tag, path: tag.txt }]',
    { 'chart/tag.txt': '4.1.0\n' },
    '4.1.0 chart/tag.txt:1',
  ],
  [
    '.argocd-source',
    '    path: chart\n    helm: { valueFiles: [../v.yaml] }',
    {
      'v.yaml': 'image: { tag: 1.0.0 }\n',
      'chart/.argocd-source-acme.yaml':
        'helm:\n  parameters:\n    - name: image.tag\n      value: 5.0.0\n',
    },
    '5.0.0 chart/.argocd-source-acme.yaml:4',
  ],
  [
    'plain manifests',
    '    path: plain',
    {
      'plain/a.yaml': deployment('shop', 'shop:6.0.0'),
      'plain/deep/b.yaml': deployment('b', 'b:1'),
    },
    '6.0.0 plain/a.yaml:9',
  ],
  [
    'kustomize.images',
    '    path: over\n    kustomize:\n      images: [ghcr.io/acme/shop:8.0.0]',
    {
      'over/kustomization.yaml': 'resources: [a.yaml]\n',
      'over/a.yaml': deployment('shop', 'ghcr.io/acme/shop:1'),
    },
    '8.0.0 apps/acme.yaml:12',
  ],
])('takes %s', async (_, source, more, expected) => {
  const { releases, unmatched } = await examined(files(source, more));
  expect(releases.map(({ version, file, line }) => `${version} ${file}:${line}`)).toEqual([
    expected,
  ]);
  expect(unmatched).toEqual([]);
  expect(releases[0].application).toBe('acme');
});

it('takes the values of another source, and the chart’s version where no image has one', async () => {
  const sources = `  sources:
    - repoURL: https://charts.example.com
      chart: shop
      targetRevision: 2.3.4
      helm: { valueFiles: [$values/v/acme.yaml] }
    - { repoURL: ${repository}, targetRevision: main, ref: values }
    - { repoURL: https://charts.example.com, chart: cache, targetRevision: 9.0.0 }
    - { repoURL: https://charts.example.com, chart: loose, targetRevision: 9.* }`;
  const text = application('acme', '').replace(/ {2}source:[\s\S]*?main\n/, `${sources}\n`);
  const checkout = testCheckout({
    'apps/acme.yaml': text,
    'v/acme.yaml': 'image:\n  repository: a/shop\n  tag: "1.10"\n',
  });
  const { releases, unmatched } = await examined(checkout);
  expect(
    releases.map(({ service, version, locator }) => `${service} ${version} ${locator}`),
  ).toEqual(['shop 1.10 yaml:image.tag', 'cache 9.0.0 chart:spec.sources[2].targetRevision']);
  expect(unmatched).toEqual([
    { kind: 'application', name: 'acme', reason: expect.stringContaining('9.*') },
  ]);
});

it.each([
  ['1.10', 'image:\n  tag: 1.10\n'],
  ['20260626214519', 'image:\n  tag: 20260626214519\n'],
  ['0362525', 'image:\n  tag: 0362525\n'],
])('says that YAML takes %s for something else', async (_, values) => {
  const checkout = files('    path: chart\n    helm: { valueFiles: [../v/acme.yaml] }', {
    'v/acme.yaml': values,
  });
  const { releases, unmatched } = await examined(checkout);
  expect(releases).toEqual([]);
  expect(unmatched[0].reason).toMatch(/^v\/acme.yaml:2 .*quotes/);
});

it.each([
  ['another branch', application('acme', '    path: chart', 'release-1'), 'follows release-1'],
  ['a folder that is not here', application('acme', '    path: gone'), 'is not in this checkout'],
  ['a plugin', application('acme', '    path: chart\n    plugin: {name: x}'), 'plugin'],
])('names what is not known: %s', async (_, text, reason) => {
  const { releases, unmatched } = await examined(
    testCheckout({ ...chart, 'apps/acme.yaml': text }),
  );
  expect(releases).toEqual([]);
  expect(unmatched).toEqual([
    { kind: 'application', name: 'acme', reason: expect.stringContaining(reason) },
  ]);
});

it('passes over other repositories, bases, tests and compose files', async () => {
  const other = application('acme', '    path: chart').replace(
    repository,
    'https://git.example.com/acme/other',
  );
  const checkout = testCheckout({
    ...chart,
    'apps/acme.yaml': other,
    'apps/own.yaml': application('own', '    path: plain'),
    'plain/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
    'base/kustomization.yaml': 'resources: [a.yaml]\nimages: [{name: a, newTag: 1.0.0}]\n',
    'base/a.yaml': deployment('a', 'a:1'),
    'tests/app.yaml': application('t', '    path: chart'),
    'docker-compose.yml': 'services: { a: { image: a:1 } }\n',
    'prod/docker-compose.yaml': 'services: { a: { image: a:1 } }\n',
  });
  const { releases, unmatched, layouts } = await examined(checkout);
  expect({ releases, unmatched, layouts }).toEqual({ releases: [], unmatched: [], layouts: [] });
});

it('takes a copy without origin for the repository whose folders are here', async () => {
  const checkout = testCheckout(
    { ...chart, 'apps/acme.yaml': application('acme', '    path: chart', 'trunk') },
    { revisions: [] },
  );
  const { releases } = await examined(checkout);
  expect(releases.map(({ version }) => version)).toEqual(['0.0.1']);
});

it('takes Applications as a running Argo CD lists them, and says what is set there alone', async () => {
  const source = { repoURL: repository, path: 'chart', targetRevision: 'main' };
  const live = (helm: object) => ({
    metadata: { name: 'acme' },
    spec: { source: { ...source, helm }, destination: { namespace: 'acme' } },
  });
  const read = (helm: object) =>
    examined(files('    path: gone'), {
      live: liveApplications(JSON.stringify({ items: [live(helm)] })),
    });
  expect((await read({})).lines).toEqual(['chart/shop/chart 0.0.1 chart/values.yaml:3']);
  const inline = {
    'apps/acme.yaml': application(
      'acme',
      '    path: chart\n    helm: { valuesObject: { image: { tag: 3.0.0 } } }',
    ),
  };
  const same = { ...source, helm: { valuesObject: { image: { tag: '3.0.0' } } } };
  const items = [{ metadata: { name: 'acme' }, spec: { source: same } }];
  const found = await examined(testCheckout({ ...chart, ...inline }), {
    live: liveApplications(JSON.stringify({ items })),
  });
  expect(found.lines).toEqual([expect.stringMatching(/ 3.0.0 apps\/acme.yaml:11$/)]);
  const set = await read({ parameters: [{ name: 'image.tag', value: '9.9.9' }] });
  expect(set.releases).toEqual([]);
  expect(set.unmatched[0].reason).toContain('where 9.9.9 originates cannot be told');
});

const overlay = {
  'overlay/kustomization.yaml':
    'resources: [a.yaml]\nimages:\n  - { name: api, newName: ghcr.io/acme/api, newTag: 1.0.0 }\n',
  'overlay/a.yaml': deployment('a', 'api:0.1.0'),
};

it.each([
  ['an entry of the same name', 'images: ["api=mirror/api:2.0.0"]', '2.0.0 apps/acme.yaml:11'],
  [
    'a patch, whose image the entries meet',
    `patches: [{ patch: '[{op: replace, path: /spec/template/spec/containers/0/image, value: "x:3"}]', target: { kind: Deployment } }]`,
    '3 apps/acme.yaml:11',
  ],
])('lets an Application set over a kustomization %s', async (_, kustomize, expected) => {
  const { releases, notes } = await examined(
    files(`    path: overlay\n    kustomize: { ${kustomize} }`, overlay),
  );
  expect(releases.map(({ version, file, line }) => `${version} ${file}:${line}`)).toEqual([
    expected,
  ]);
  expect(notes.filter(note => note.includes('mirror'))).toEqual([]);
});

it.each<[string, string, Record<string, string>, string]>([
  [
    'a values file',
    '    path: chart\n    helm: { valueFiles: [../v.yaml] }',
    { 'v.yaml': 'a: [\n' },
    'v.yaml is no YAML',
  ],
  [
    'a values file of texts',
    '    path: chart\n    helm: { valueFiles: [../v.yaml] }',
    { 'v.yaml': 'version 1.0.0\n' },
    'v.yaml holds no keys',
  ],
  ['values', '    path: chart\n    helm: { values: "image: {tag" }', {}, 'its values are no YAML'],
  ['a manifest', '    path: plain', { 'plain/a.yaml': 'kind: [\n' }, 'plain/a.yaml is no YAML'],
  [
    'a later values file of another repository',
    '    path: chart\n    helm: { ignoreMissingValueFiles: true, valueFiles: [../v.yaml, "https://example.com/w.yaml"] }',
    { 'v.yaml': 'image: { tag: 1.0.0 }\n' },
    'w.yaml is not in this checkout',
  ],
  [
    'the values of a chart of a registry',
    '    chart: shop\n    targetRevision: 1.0.0\n    helm: { values: "image: {tag" }',
    {},
    'its values are no YAML',
  ],
])('tells no version beside %s that cannot be read', async (_, source, more, reason) => {
  const { releases, unmatched } = await examined(files(source, more));
  expect(releases).toEqual([]);
  expect(unmatched.map(one => one.reason)).toEqual([expect.stringContaining(reason)]);
});

it('names a file that holds an Application and is no YAML', async () => {
  const broken = `  ${application('bravo', '    path: chart')}`;
  const { unmatched } = await examined(files('    path: chart', { 'apps/bravo.yaml': broken }));
  expect(unmatched).toEqual([
    { kind: 'application', name: 'apps/bravo.yaml', reason: 'holds an Application and is no YAML' },
  ]);
});

it('knows parameters that a generator puts in by their own places', async () => {
  const elements = ['acme', 'bravo'].map((name, index) => `{ name: ${name}, tag: ${index}.5 }`);
  const { releases } = await examined(
    testCheckout({
      ...chart,
      'apps/set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: set }
spec:
  generators: [{ list: { elements: [${elements.join(', ')}] } }]
  template:
    metadata: { name: '{{name}}' }
    spec:
      source:
        repoURL: ${repository}
        path: chart
        helm: { parameters: [{ name: image.tag, value: '{{tag}}' }] }
`,
    }),
  );
  expect(releases.map(({ version, locator }) => `${version} ${locator}`)).toEqual([
    '0.5 yaml:spec.generators[0].list.elements[0].tag',
    '1.5 yaml:spec.generators[0].list.elements[1].tag',
  ]);
});

it('knows an overlay whose base is in another repository', async () => {
  const tree = {
    'overlays/acme/kustomization.yaml':
      'resources: ["https://git.example.com/acme/base//k8s?ref=v1"]\nimages: [{ name: api, newTag: "2.0" }]\n',
  };
  expect((await examined(testCheckout(tree))).lines).toEqual([
    'acme/api/acme 2.0 overlays/acme/kustomization.yaml:2',
  ]);
});
