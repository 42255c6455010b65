import { testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';
import type { Finding } from '@internal/gitops';

let tree: TestTree;
const application = 'gitops/apps/tenant-a.yaml';
const project = 'gitops/projects/tenant-a.yaml';

beforeEach(() => {
  tree = testTree();
});
afterEach(() => tree.remove());

async function check(): Promise<{ code: number; findings: Finding[] }> {
  const { code, out } = await runGitops(tree.root, ['check', '--output', 'json']);
  return { code, findings: JSON.parse(out).findings };
}

function change(file: string, from: string | RegExp, to: string): void {
  const text = tree.read(file);
  expect(text).toMatch(from);
  tree.write(file, text.replace(from, to));
}

it.each<[string, string, string | RegExp, string, string, RegExp]>([
  [
    'another project',
    application,
    "project: 'tenant-a'",
    'project: tenant-b',
    'spec.project',
    /must be tenant-a/,
  ],
  [
    'the default project',
    application,
    "project: 'tenant-a'",
    'project: default',
    'spec.project',
    /must be tenant-a/,
  ],
  [
    'the fence outside the platform',
    application,
    'project: platform',
    'project: tenant-a',
    'spec.project',
    /must be platform/,
  ],
  [
    'no finalizer',
    application,
    'resources-finalizer.argocd.argoproj.io',
    'other.example/finalizer',
    'metadata.finalizers',
    /objects stay when it goes/,
  ],
  [
    'objects that stay',
    application,
    'prune: true',
    'prune: false',
    'spec.syncPolicy.automated.prune',
    /must be true/,
  ],
  [
    'edits by hand that stay',
    application,
    'selfHeal: true',
    'selfHeal: false',
    'spec.syncPolicy.automated.selfHeal',
    /must be true/,
  ],
  [
    'differences that nobody sees',
    application,
    /^ {2}destination:/m,
    '  ignoreDifferences: [{ kind: Deployment, group: apps, jsonPointers: [/spec] }]\n  destination:',
    'spec.ignoreDifferences',
    /must not be set/,
  ],
  [
    'another chart',
    application,
    'path: charts/tenant\n',
    'path: charts/../secrets\n',
    'spec.source.path',
    /must be charts\/tenant/,
  ],
  [
    'another repository',
    application,
    'acme/platform.git',
    'evil/platform.git',
    'spec.source.repoURL',
    /acme\/platform/,
  ],
  [
    'another revision',
    application,
    'targetRevision: main',
    'targetRevision: topic',
    'spec.source.targetRevision',
    /must be main/,
  ],
  [
    "another tenant's values",
    application,
    'tenant-a-values',
    'tenant-b-values',
    'spec.source.helm.valueFiles',
    /nothing else/,
  ],
  [
    'values beside the file',
    application,
    "releaseName: 'tenant-a'",
    "releaseName: 'tenant-a'\n      parameters: []",
    'spec.source.helm.parameters',
    /tenant file alone/,
  ],
  [
    'no schema check',
    application,
    "releaseName: 'tenant-a'",
    "releaseName: 'tenant-a'\n      skipSchemaValidation: true",
    'spec.source.helm.skipSchemaValidation',
    /must not be set/,
  ],
  [
    'a plugin',
    application,
    '    path: charts/tenant\n',
    '    path: charts/tenant\n    plugin: {}\n',
    'spec.source.plugin',
    /Helm alone/,
  ],
  [
    'several sources',
    application,
    '  source:\n',
    '  sources: []\n  source:\n',
    'spec.sources',
    /one source/,
  ],
  [
    'another namespace',
    application,
    /namespace: 'tenant-a'\n {2}syncPolicy/,
    "namespace: 'tenant-b'\n  syncPolicy",
    'spec.destination.namespace',
    /must be tenant-a/,
  ],
  [
    'another release',
    application,
    "releaseName: 'tenant-a'",
    'releaseName: other',
    'spec.source.helm.releaseName',
    /must be tenant-a/,
  ],
  [
    'another name',
    application,
    "name: 'tenant-a'\n",
    'name: other\n',
    'metadata.name',
    /must be tenant-a or tenant-a-fence/,
  ],
  [
    'another kind',
    application,
    'kind: Application\n',
    'kind: ApplicationSet\n',
    'kind',
    /Application/,
  ],
  ['no fence', application, /---[^]*/, '', 'metadata.name', /tenant-a-fence once/],
  ['nothing but comments', application, /^[^]*$/, '# nothing\n', 'metadata.name', /must hold/],
  [
    'a project of another name',
    project,
    "name: 'tenant-a'\n",
    'name: other\n',
    'metadata.name',
    /must be tenant-a/,
  ],
  ['any repository', project, /- https:.*/, "- '*'", 'spec.sourceRepos', /nothing else/],
  [
    'two repositories',
    project,
    /(- https:.*)/,
    '$1\n    - https://example.com/x.git',
    'spec.sourceRepos',
    /nothing else/,
  ],
  [
    'any namespace',
    project,
    "namespace: 'tenant-a'\n",
    "namespace: '*'\n",
    'spec.destinations.0.namespace',
    /must be tenant-a/,
  ],
  [
    'any cluster',
    project,
    "name: 'in-cluster'",
    "name: '*'",
    'spec.destinations.0.name',
    /one cluster|another cluster/,
  ],
  [
    'another cluster',
    project,
    "name: 'in-cluster'",
    'name: other',
    'spec.destinations.0.name',
    /another cluster/,
  ],
  [
    'two destinations',
    project,
    /(destinations:\n)/,
    '$1    - { name: in-cluster, namespace: x }\n',
    'spec.destinations',
    /exactly one/,
  ],
  [
    'resources of the cluster',
    project,
    'clusterResourceWhitelist: []',
    "clusterResourceWhitelist: [{ group: '*', kind: '*' }]",
    'spec.clusterResourceWhitelist',
    /of the cluster/,
  ],
  [
    'its own quota',
    project,
    /kind: ServiceAccount/,
    'kind: ResourceQuota',
    'spec.namespaceResourceWhitelist.1.kind',
    /must not change/,
  ],
  [
    'its own roles',
    project,
    /kind: ServiceAccount/,
    'kind: RoleBinding',
    'spec.namespaceResourceWhitelist.1.kind',
    /must not change/,
  ],
  [
    'any kind',
    project,
    /kind: ServiceAccount/,
    "kind: '*'",
    'spec.namespaceResourceWhitelist.1.kind',
    /must not change/,
  ],
  [
    'no list of kinds',
    project,
    'namespaceResourceWhitelist:',
    'namespaceResourceBlacklist:',
    'spec.namespaceResourceWhitelist',
    /every kind/,
  ],
  [
    'Applications elsewhere',
    project,
    'spec:\n',
    "spec:\n  sourceNamespaces: ['*']\n",
    'spec.sourceNamespaces',
    /argocd alone/,
  ],
])('refuses %s', async (_, file, from, to, key, words) => {
  change(file, from, to);
  const { code, findings } = await check();
  const found = findings.find(one => one.file === file && one.key === key);
  expect({ code, severity: found?.severity }).toEqual({ code: 1, severity: 'error' });
  expect(`${found?.problem}`).toMatch(words);
});

it('refuses two tenants with one namespace, naming both', async () => {
  change(
    'gitops/apps/tenant-b.yaml',
    /namespace: 'tenant-b'\n {2}syncPolicy/,
    "namespace: 'tenant-a'\n  syncPolicy",
  );
  const { findings } = await check();
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'duplicate-namespace',
      file: 'gitops/apps/tenant-b.yaml',
      key: 'spec.destination.namespace',
      problem: 'is the namespace of tenant-a too (gitops/apps/tenant-a.yaml)',
    }),
  );
});

it('allows the same names on two clusters only as far as the names go', async () => {
  tree.write(application, tree.read(application).replaceAll("'in-cluster'", 'isolated'));
  tree.write(project, tree.read(project).replaceAll("'in-cluster'", 'isolated'));
  expect(await check()).toMatchObject({ code: 0, findings: [] });
});

it('refuses what lacks its other half, in each direction', async () => {
  tree.git('init', '--quiet');
  const text = tree.read('gitops/tenants/tenant-a-values.yaml').replaceAll('tenant-a', 'tenant-c');
  tree.write('gitops/tenants/tenant-c-values.yaml', text);
  tree.write(
    'gitops/apps/tenant-d.yaml',
    tree.read(application).replaceAll('tenant-a', 'tenant-d'),
  );
  tree.write(
    'gitops/projects/tenant-e.yaml',
    tree.read(project).replaceAll('tenant-a', 'tenant-e'),
  );
  const { code, findings } = await check();
  expect(code).toBe(1);
  expect(
    findings.filter(({ rule }) => rule === 'orphan').map(({ file, problem }) => [file, problem]),
  ).toEqual([
    ['gitops/apps/tenant-d.yaml', 'belongs to no tenant'],
    ['gitops/projects/tenant-e.yaml', 'belongs to no tenant'],
    ['gitops/tenants/tenant-c-values.yaml', 'has no Application: nothing deploys it'],
    ['gitops/tenants/tenant-c-values.yaml', 'has no AppProject: nothing deploys it'],
  ]);
});
