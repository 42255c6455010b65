import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../support/environment.ts';
import { eventually } from '../support/eventually.ts';
import { Kubectl } from '../support/kubectl.ts';
import { parseObjects, type KubernetesObject } from '../support/objects.ts';
import { PlatformRepository } from '../support/platformRepository.ts';
import { elsewhere } from './acts/deployer.ts';

const admin = new Kubectl();

/** A file or folder with the CustomResourceDefinitions of operators that the cluster has not got; applied for the run. */
const definitions = process.env.CONFORMANCE_CRDS;

/** Says that what is in the cluster is a test's, and may go. */
const marker = { name: 'tenant-platform-conformance', namespace: 'kube-public' };

/** Marks the namespaces of random tenants. */
export const randomNamespaces = { 'tenant-releases.io/conformance': 'random' };

/** The second name of the one cluster, which stands for a cluster of one tenant's own. */
export const secondCluster = { name: 'isolated', tenant: 'apart' };

/**
 * What the platform puts into a cluster before any tenant.
 * @param root - of the tree whose gitops/platform is meant
 */
export async function platformObjects(root: string): Promise<KubernetesObject[]> {
  return parseObjects(await admin.output(['kustomize', path.join(root, 'gitops/platform')]));
}

/**
 * Takes the cluster for the tests.
 * @throws Error when somebody's platform is on it
 */
export async function takeCluster(): Promise<PlatformRepository> {
  const mine = await admin.exists('configmap', marker.name, '-n', marker.namespace);
  const isUsed =
    (await admin.exists('applications.argoproj.io', 'root', 'platform', '-n', 'argocd')) ||
    (await admin.exists('namespace', ...(await tenantNamespaces())));
  assert.ok(
    mine || !isUsed,
    'There are tenants or a root Application in this cluster already. The tests make and delete them: give them another cluster.',
  );
  if (mine) await releaseCluster();
  const { spec } = await admin.get('appproject', 'default', '-n', 'argocd');
  await admin.output(
    ['create', '-f', '-'],
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: marker,
      data: { defaultProject: JSON.stringify(spec) },
    }),
  );
  if (definitions) await admin.output(['apply', '--server-side', '-f', definitions]);
  return PlatformRepository.create();
}

/** Every namespace that the tests make: of the charts' scenarios, the tree's tenants and the tests' own. */
export async function tenantNamespaces(): Promise<string[]> {
  const scenarios = await readdir(path.join(repositoryRoot, 'charts/tenant/ci'));
  const tenants = await readdir(path.join(repositoryRoot, 'gitops/tenants'));
  return [
    ...scenarios.map(file => `ci-${file.replace(/-values\.yaml$/, '')}`),
    ...tenants.map(file => file.replace(/-values\.yaml$/, '')),
    'intruder',
    elsewhere,
    secondCluster.tenant,
  ];
}

/** Gives the cluster back as it was. Also cleans up after a run that was cut off. */
export async function releaseCluster(): Promise<void> {
  // First the policies: nothing of theirs is in the way of what follows.
  const objects = await platformObjects(repositoryRoot);
  const isPolicy = ({ kind }: KubernetesObject) => kind.startsWith('ValidatingAdmissionPolicy');
  await remove(objects.filter(isPolicy));
  const argocd = ['-n', 'argocd', '--ignore-not-found'];
  const applications = await ours('applications.argoproj.io');
  if (applications.length > 0) {
    const names = ['applications.argoproj.io', ...applications];
    await admin.output(['delete', ...names, '--wait=false', ...argocd]);
  }
  await eventually(
    async () => assert.deepEqual(await ours('applications.argoproj.io'), []),
    120,
    'the Applications gone',
  );
  const projects = (await ours('appprojects')).filter(name => name !== 'default');
  if (projects.length > 0) await admin.output(['delete', 'appproject', ...projects, ...argocd]);
  await admin.output(['delete', 'secret', `cluster-${secondCluster.name}`, ...argocd]);
  await admin.output(['delete', 'namespace', '--ignore-not-found', ...(await tenantNamespaces())]);
  const [[key, value]] = Object.entries(randomNamespaces);
  await admin.output(['delete', 'namespace', '-l', `${key}=${value}`]);
  await remove(objects.filter(object => !isPolicy(object)));
  if (definitions) await admin.output(['delete', '--ignore-not-found', '-f', definitions]);
  await restoreDefaultProject();
  await admin.output(['delete', 'configmap', marker.name, '-n', marker.namespace]);
}

/** Names of Applications or AppProjects that a repository of the tests made: on a shared Argo CD there may be others. */
async function ours(kind: string): Promise<string[]> {
  const objects = await admin.list(kind, '-n', 'argocd');
  return objects
    .filter(({ spec }) =>
      PlatformRepository.isOne([spec.source?.repoURL, ...(spec.sourceRepos ?? [])]),
    )
    .map(({ metadata }) => metadata.name);
}

async function remove(objects: KubernetesObject[]): Promise<void> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  await admin.output(['delete', '--ignore-not-found', '-f', '-'], list);
}

async function restoreDefaultProject(): Promise<void> {
  const { data } = await admin.get('configmap', marker.name, '-n', marker.namespace);
  const metadata = { name: 'default', namespace: 'argocd' };
  const project = { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata };
  if (!(await admin.exists('appproject', 'default', '-n', 'argocd'))) {
    await admin.output(['create', '-f', '-'], JSON.stringify({ ...project, spec: {} }));
  }
  const patch = JSON.stringify([
    { op: 'replace', path: '/spec', value: JSON.parse(data.defaultProject) },
  ]);
  await admin.output([
    'patch',
    'appproject',
    'default',
    '-n',
    'argocd',
    '--type=json',
    '-p',
    patch,
  ]);
}

/** Registers the cluster once more under another name, as the cluster of one tenant's project alone. */
export async function registerSecondCluster(): Promise<void> {
  const config = JSON.parse(
    await admin.output(['config', 'view', '--raw', '--minify', '--flatten', '-o', 'json']),
  );
  const { cluster } = config.clusters[0];
  const { user } = config.users[0];
  await admin.output(
    ['apply', '-f', '-'],
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: `cluster-${secondCluster.name}`,
        namespace: 'argocd',
        labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
      },
      stringData: {
        name: secondCluster.name,
        server: cluster.server,
        project: secondCluster.tenant,
        config: JSON.stringify({
          bearerToken: user.token,
          tlsClientConfig: {
            caData: cluster['certificate-authority-data'],
            certData: user['client-certificate-data'],
            keyData: user['client-key-data'],
          },
        }),
      },
    }),
  );
}
