import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runGitops } from '@internal/gitops-cli';
import { parseAllDocuments } from 'yaml';
import { realKubectl } from '../cluster/testing/realKubectl';
import { realHelm, repositoryRoot } from '../testing/helm';

// Real helm and kubectl, on a machine that may be busy.
jest.setTimeout(120_000);

interface Found {
  tenant: string;
  service: string;
  version: string;
  application?: string;
}

let tools: string[];
let folder: string;

beforeAll(async () => {
  tools = ['--helm', await realHelm(), '--kubectl', await realKubectl()];
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'layout-render-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function gitops(...args: string[]) {
  const ran = { out: '', err: '' };
  const code = await runGitops(args, {
    directory: folder,
    env: { PATH: process.env.PATH },
    now: () => new Date(),
    write: text => {
      ran.out += text;
    },
    warn: text => {
      ran.err += `${text}\n`;
    },
  });
  return { code, ...ran };
}

/** What init proposes and doctor finds of an example, whose address is told. */
async function lookAt(example: string) {
  const dir = path.join(folder, 'repository');
  cpSync(path.join(repositoryRoot, 'examples', example), dir, { recursive: true });
  const where = ['--dir', dir, '--repository', 'https://git.example.com/acme/platform.git'];
  const { layouts } = JSON.parse((await gitops('init', ...where, '--output', 'json')).out);
  const file = path.join(folder, 'layouts.json');
  writeFileSync(file, JSON.stringify({ layouts }));
  const told = [...where, '--layouts', file];
  const doctor = await gitops('doctor', ...told, '--output', 'json');
  return { dir, told, releases: JSON.parse(doctor.out).releases as Found[] };
}

const render = (told: string[], tenant: string, ...more: string[]) =>
  gitops('render', tenant, ...told, ...tools, ...more);

/** All images of objects, by the words in them. */
function imagesOf(text: string): string[] {
  return parseAllDocuments(text).flatMap(
    document => JSON.stringify(document.toJS() ?? {}).match(/(?<="image":")[^"]+/g) ?? [],
  );
}

it.each([
  'cluster-tenant-folders',
  'environment-folders',
  'kustomize-overlays',
  'tenant-service-folders',
  'tenant-values',
  'values-per-tenant',
])('comes to the versions that doctor finds: %s', async example => {
  const { told, releases } = await lookAt(example);
  expect(releases.length).toBeGreaterThan(0);
  for (const tenant of new Set(releases.map(one => one.tenant))) {
    const { code, out, err } = await render(told, tenant);
    expect({ tenant, code, err }).toEqual({ tenant, code: 0, err: '' });
    const images = imagesOf(out);
    for (const { version, service } of releases.filter(one => one.tenant === tenant)) {
      expect({ service, images }).toEqual({
        service,
        images: expect.arrayContaining([expect.stringContaining(version)]),
      });
    }
  }
});

it.each([
  [
    'application-inline',
    /^Application \S+, source \S+: the chart \S+ \S+ of https:\/\/charts\.example\.com is not in the repository$/m,
  ],
  [
    'chart-per-environment',
    /^Application \S+, source \S+: its chart takes in api \S+ of oci:\/\/ghcr\.io\/acme\/charts, which is not in the repository$/m,
  ],
])('names what is not in the repository, and makes up nothing: %s', async (example, words) => {
  const { told, releases } = await lookAt(example);
  const { code, out, err } = await render(told, releases[0].tenant);
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(err).toMatch(words);
});

it('asks nobody for a base, a patch or a chart that stands elsewhere', async () => {
  const { dir, told } = await lookAt('kustomize-overlays');
  const file = path.join(dir, 'overlays/acme/kustomization.yaml');
  writeFileSync(file, 'resources:\n  - https://user:secret@git.example.com/x/base?ref=v1\n');
  const { code, out, err } = await render(told, 'bravo');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('ghcr.io/acme/');
  const broken = await render(told, 'acme');
  expect(broken.code).not.toBe(0);
  expect(broken.err).toContain('https://git.example.com/x/base?ref=v1');
  expect(broken.err).not.toContain('secret');
});

it('renders with values of another source, files of charts beside it, and what the Application sets', async () => {
  const dir = path.join(folder, 'repository');
  const put = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), text);
  };
  const repoURL = 'https://git.example.com/acme/platform.git';
  put(
    'charts/web/Chart.yaml',
    'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - { name: common, version: 1.0.0, repository: "file://../common" }\n',
  );
  put('charts/web/values.yaml', 'image: { repository: ghcr.io/acme/web, tag: none }\nextra: no\n');
  put(
    'charts/web/templates/web.yaml',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }\nspec: { template: { spec: { containers: [{ name: web, image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}", args: [{{ .Values.extra | quote }}] }] } } }\n',
  );
  put(
    'charts/web/templates/tests/check.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: check, annotations: { helm.sh/hook: test } }\n',
  );
  put('charts/common/Chart.yaml', 'apiVersion: v2\nname: common\nversion: 1.0.0\n');
  put(
    'charts/common/templates/map.yaml',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: common }\n',
  );
  put('tenants/acme/values.yaml', 'image:\n  tag: 1.2.3\n');
  put(
    'apps/acme.yaml',
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: acme-web, namespace: argocd }
spec:
  project: default
  destination: { namespace: acme, server: https://kubernetes.default.svc }
  sources:
    - repoURL: ${repoURL}
      path: charts/web
      helm:
        releaseName: shop
        valueFiles: [$values/tenants/acme/values.yaml]
        parameters: [{ name: extra, value: 'a,b' }]
    - { repoURL: ${repoURL}, ref: values }
`,
  );
  writeFileSync(
    path.join(folder, 'layouts.yaml'),
    'layouts: [{ preset: values-per-tenant, path: "tenants/{tenant}/values.yaml", service: web }]\n',
  );
  const where = ['--dir', dir, '--repository', repoURL, '--layouts', 'layouts.yaml'];
  const { code, out, err } = await render(where, 'acme');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('# Application acme-web, namespace acme, source charts/web\n');
  const objects = parseAllDocuments(out)
    .map(document => document.toJS())
    .filter(Boolean);
  expect(objects.map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'Deployment']);
  const web = objects.find(({ kind }) => kind === 'Deployment');
  expect(web).toMatchObject({
    metadata: { name: 'shop', namespace: 'acme' },
    spec: {
      template: {
        spec: { containers: [{ image: 'ghcr.io/acme/web:1.2.3', args: ['a,b'] }] },
      },
    },
  });
});

it.each([
  [['render', 'nobody'], /The layouts match no such release of nobody/],
  [['render'], /name the tenant: gitops render <tenant>/],
  [['render', 'acme', '--tenant', 'bravo'], /are not the same: give one/],
])('refuses %j in words', async (args, words) => {
  const { told } = await lookAt('kustomize-overlays');
  const { code, err } = await gitops(...args, ...told, ...tools);
  expect(code).toBe(2);
  expect(err).toMatch(words);
});
