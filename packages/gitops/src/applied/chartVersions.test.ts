import path from 'node:path';
import { application, examined, repository, testCheckout } from '../__testUtils__/releases';
import { findHelm } from '../helm/findHelm';

// Real helm, on a machine that may be busy.
jest.setTimeout(120_000);

let helm: string;
beforeAll(async () => {
  const root = path.resolve(__dirname, '../../../..');
  const own = ['bin', 'testing'].map(name => path.join(root, '.tools', name));
  const found = await findHelm(undefined, [process.env.PATH, ...own].join(path.delimiter));
  if (!('path' in found)) throw new Error(`These tests need helm: ${found.problem}`);
  helm = found.path;
});

const workload = (image: string) => `apiVersion: v1
kind: Pod
metadata: { name: a }
spec: { containers: [{ name: a, image: ${image} }] }
`;

/** The releases of one Application of a chart, by helm and by the text of the templates. */
async function both(template: string, values: string, more: Record<string, string> = {}) {
  const checkout = () =>
    testCheckout({
      'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: 7.7.7\n',
      'shop/values.yaml': values,
      'shop/templates/a.yaml': template,
      'apps/acme.yaml': application('acme', '    path: shop'),
      ...more,
    });
  const lines = async (program?: string) =>
    (await examined(checkout(), program ? { helm: program } : {})).releases.map(
      ({ service, version, file, line }) => `${service} ${version} ${file}:${line}`,
    );
  return { rendered: await lines(helm), byText: await lines() };
}

it('counts what comes out in an image only', async () => {
  const { rendered, byText } = await both(
    `{{- if .Values.web.enabled }}\n${workload(
      '"{{ .Values.web.image.repository }}:{{ .Values.web.image.tag }}"',
    )}{{- end }}\n`,
    'web:\n  enabled: true\n  image: { repository: a/web, tag: 1.0.0 }\nold:\n  image: { repository: a/old, tag: 2.0.0 }\n',
  );
  expect(rendered).toEqual(['web 1.0.0 shop/values.yaml:3']);
  expect(byText).toEqual(rendered);
});

it('does not guess what a condition that is not followed keeps back', async () => {
  const { rendered, byText } = await both(
    `{{- if eq .Values.kind "a" }}\n${workload(
      '"{{ .Values.a.image.repository }}:{{ .Values.a.image.tag }}"',
    )}{{- else }}\n${workload(
      '"{{ .Values.b.image.repository }}:{{ .Values.b.image.tag }}"',
    )}{{- end }}\n`,
    'kind: b\na: { image: { repository: x/a, tag: 1.0.0 } }\nb: { image: { repository: x/b, tag: 2.0.0 } }\n',
  );
  expect(rendered).toEqual(['b 2.0.0 shop/values.yaml:3']);
  expect(byText).toEqual([]);
});

it.each([
  ['behind it', '"a/x:{{ .Values.image.tag }}-alpine"'],
  ['before it', '"a/x:v{{ .Values.image.tag }}"'],
  ['by a format', '{{ printf "%s:v%s" .Values.image.repository .Values.image.tag }}'],
])('takes no part of a tag for a version: more stands %s', async (_, text) => {
  const values = 'image: { repository: a/x, tag: 1.0.0 }\n';
  expect(await both(workload(text), values)).toEqual({ rendered: [], byText: [] });
});

it('knows helpers for images and blocks that a template goes into by their text too', async () => {
  const helper = `{{ define "shop.image" }}{{ .Values.image.repository }}:{{ .Values.image.tag }}{{ end }}\n`;
  const block = `{{ with .Values.web.image }}\n${workload(
    '"{{ .repository }}:{{ .tag }}"',
  )}{{ end }}\n`;
  const { rendered, byText } = await both(
    `${helper}${workload('{{ include "shop.image" . }}')}---\n${block}`,
    'image: { repository: a/x, tag: 1.0.0 }\nweb: { image: { repository: a/web, tag: 2.0.0 } }\n',
  );
  expect(rendered).toEqual(['x 1.0.0 shop/values.yaml:1', 'web 2.0.0 shop/values.yaml:2']);
  expect(byText).toEqual(rendered);
});

it('counts nothing that goes elsewhere than into a container', async () => {
  const values = 'image: a/built\ntag: 1.0.0\njob: { image: { repository: a/job, tag: 2.0.0 } }\n';
  const { rendered, byText } = await both(
    `apiVersion: v1
kind: ConfigMap
metadata: { name: a }
data:
  job: |
    image: {{ .Values.job.image.repository }}:{{ .Values.job.image.tag }}
---
${workload('a/builder, args: ["--to={{ .Values.image }}:{{ .Values.tag }}"]')}`,
    values,
  );
  expect(rendered).toEqual(['shop 1.2.3 shop/Chart.yaml:3']);
  expect(byText).toEqual([]);
});

it('renders the chart of the revision that an Application follows', async () => {
  const files = (version: string) => ({
    'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.3\n',
    'shop/values.yaml': `tag: ${version}\n`,
    'shop/templates/a.yaml': workload('{{ printf "%s:%v" "a/x" .Values.tag }}'),
  });
  const apps = ['acme', 'bravo'].map(name => application(name, '    path: shop', 'next'));
  const checkout = testCheckout({ ...files('1.0.0'), 'apps/all.yaml': apps.join('---\n') });
  const found = await examined({ ...checkout, at: () => testCheckout(files('2.0.0')) }, { helm });
  expect(found.releases.map(({ version, revision }) => `${version} ${revision}`)).toEqual([
    '2.0.0 next',
    '2.0.0 next',
  ]);
});

it('says that a chart that is not rendered does not tell its version', async () => {
  const { unmatched } = await examined(
    testCheckout({
      'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.3\n',
      'shop/templates/a.yaml': workload('{{ required "a registry" .Values.registry }}/a:1'),
      'apps/acme.yaml': application('acme', '    path: shop'),
    }),
    { helm },
  );
  expect(unmatched).toEqual([
    expect.objectContaining({ name: 'acme', reason: expect.stringContaining('a registry') }),
  ]);
});

it.each([
  [
    'appVersion',
    workload('"a/x:{{ .Values.image.tag | default .Chart.AppVersion }}"'),
    'x 7.7.7 shop/Chart.yaml:4',
  ],
  ['a template', `${workload('x')}\n---\nimage: a/x:3.0.0\n`, 'x 3.0.0 shop/templates/a.yaml:7'],
  ['the chart, where no image has one', workload('a/x'), 'shop 1.2.3 shop/Chart.yaml:3'],
])('knows a version by %s', async (_, template, expected) => {
  const { rendered } = await both(template, 'image: { repository: a/x, tag: "" }\n');
  expect(rendered).toEqual([expected]);
});

it('tells the charts within a chart apart, by alias and by appVersion', async () => {
  const below = {
    'shop/charts/cache/Chart.yaml':
      'apiVersion: v2\nname: cache\nversion: 0.1.0\nappVersion: 5.5.5\n',
    'shop/charts/cache/values.yaml': 'image: { repository: a/cache, tag: "" }\n',
    'shop/charts/cache/templates/a.yaml': workload(
      '"{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"',
    ),
  };
  const { rendered } = await both('', 'hot:\n  image: { tag: 6.0.0 }\n', {
    ...below,
    'shop/Chart.yaml':
      'apiVersion: v2\nname: shop\nversion: 1.2.3\ndependencies:\n  - { name: cache, version: 0.1.0 }\n  - { name: cache, alias: hot, version: 0.1.0 }\n',
  });
  expect(rendered.sort()).toEqual([
    'cache 5.5.5 shop/charts/cache/Chart.yaml:4',
    'hot 6.0.0 shop/values.yaml:2',
  ]);
});

it.each(['file://.', 'file://..'])('ends with a chart that brings in itself by %s', async loop => {
  const dependencies = Array.from(
    { length: 12 },
    (_, index) => `{ name: shop, alias: a${index}, version: 1.2.3, repository: "${loop}" }`,
  );
  const values = 'image: { repository: a/x, tag: 1.0.0 }\n';
  const { byText } = await both(
    workload('"{{ .Values.image.repository }}:{{ .Values.image.tag }}"'),
    values,
    {
      'shop/Chart.yaml': `apiVersion: v2\nname: shop\nversion: 1.2.3\ndependencies: [${dependencies}]\n`,
      'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.3\n',
    },
  );
  expect(byText).toContain('x 1.0.0 shop/values.yaml:1');
});

it('renders charts that make Applications, once a values file', async () => {
  const files = {
    'root/Chart.yaml': 'apiVersion: v2\nname: root\nversion: 0.1.0\n',
    'root/values.yaml': 'chart: cache\n',
    'root/values-dev.yaml': 'version: 1.0.0\n',
    'root/values-live.yaml': 'version: 0.9.0\n',
    'root/templates/app.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: cache }
spec:
  source: { repoURL: https://charts.example.com, chart: {{ .Values.chart }}, targetRevision: {{ .Values.version }} }
  destination: { namespace: cache }
---
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: set }
spec:
  generators: [{ list: { elements: [{ name: x }] } }]
  template:
    metadata: { name: '{{ "{{name}}" }}' }
    spec:
      source: { repoURL: ${repository}, path: plain, targetRevision: main }
`,
    'plain/a.yaml': workload('a/x:4.0.0'),
  };
  const { lines, unmatched } = await examined(testCheckout(files), { helm });
  expect(unmatched).toEqual([]);
  expect(lines.sort()).toEqual([
    'cache/cache/dev 1.0.0 root/values-dev.yaml:1',
    'cache/cache/live 0.9.0 root/values-live.yaml:1',
    'x/x/dev 4.0.0 plain/a.yaml:4',
    'x/x/live 4.0.0 plain/a.yaml:4',
  ]);
});
