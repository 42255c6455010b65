import assert from 'node:assert/strict';
import { it } from 'node:test';
import { application, complaints, syncedAndHealthy } from '../support/argocd.ts';
import { eventually } from '../support/eventually.ts';
import { Kubectl } from '../support/kubectl.ts';
import type { Changes, PlatformRepository } from '../support/platformRepository.ts';
import { tableOf } from './acts/acts.ts';
import { neighbour } from './acts/workloads.ts';
import { registerSecondCluster, secondCluster } from './installation.ts';

const admin = new Kubectl();
const intruder = 'intruder';

const manifest = (apiVersion: string, kind: string, namespace?: string, more = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: intrusion\n${
    namespace ? `  namespace: ${namespace}\n` : ''
  }${more}`;
const rules = 'rules: []\n';
const roleRef = (kind: string) =>
  `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: cluster-admin }\n`;

/** What the chart of a tenant could come to render; its project allows none of it. */
const rendered: Array<[string, string]> = [
  ['a ResourceQuota', manifest('v1', 'ResourceQuota', intruder)],
  ['a LimitRange', manifest('v1', 'LimitRange', intruder)],
  ['a NetworkPolicy', manifest('networking.k8s.io/v1', 'NetworkPolicy', intruder)],
  ['a Role', manifest('rbac.authorization.k8s.io/v1', 'Role', intruder, rules)],
  [
    'a RoleBinding',
    manifest('rbac.authorization.k8s.io/v1', 'RoleBinding', intruder, roleRef('ClusterRole')),
  ],
  ['a ClusterRole', manifest('rbac.authorization.k8s.io/v1', 'ClusterRole', undefined, rules)],
  [
    'a ClusterRoleBinding',
    manifest(
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      undefined,
      roleRef('ClusterRole'),
    ),
  ],
  ['a Namespace', manifest('v1', 'Namespace')],
  ['a Secret', manifest('v1', 'Secret', intruder)],
  ['a DaemonSet', manifest('apps/v1', 'DaemonSet', intruder)],
  ['a CronJob', manifest('batch/v1', 'CronJob', intruder)],
  ['a Pod', manifest('v1', 'Pod', intruder)],
  ['an Application', manifest('argoproj.io/v1alpha1', 'Application', 'argocd')],
  ['an AppProject', manifest('argoproj.io/v1alpha1', 'AppProject', 'argocd')],
  ['an admission policy', manifest('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy')],
  ['a CustomResourceDefinition', manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition')],
  [
    'a Service in another tenant’s namespace',
    manifest('v1', 'Service', neighbour, 'spec: { ports: [{ port: 1 }] }\n'),
  ],
  ['a ServiceAccount in kube-system', manifest('v1', 'ServiceAccount', 'kube-system')],
];

/** What a file in gitops/apps could hold besides Applications; root's project allows none of it. */
const inApps: Array<[string, string]> = [
  [
    'a ClusterRoleBinding',
    manifest(
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      undefined,
      roleRef('ClusterRole'),
    ),
  ],
  [
    'a RoleBinding in kube-system',
    manifest('rbac.authorization.k8s.io/v1', 'RoleBinding', 'kube-system', roleRef('ClusterRole')),
  ],
  ['a Secret of Argo CD', manifest('v1', 'Secret', 'argocd')],
  ['a Namespace', manifest('v1', 'Namespace')],
  ['a Deployment in the platform’s namespace', manifest('apps/v1', 'Deployment', 'observability')],
  [
    'an Application in another namespace',
    manifest('argoproj.io/v1alpha1', 'Application', 'kube-system'),
  ],
];

/** The same intrusions by way of Git: committed, and brought by Argo CD as far as it goes. */
export function intrusionSuite(git: () => PlatformRepository): void {
  it('gets nothing past its project by way of its chart', async context => {
    const files = await git().tenantFiles(intruder, neighbour);
    const clean: Changes = Object.fromEntries(Object.keys(files).map(name => [name, undefined]));
    const template = 'charts/tenant/templates/intrusion.yaml';
    const text = rendered.map(([, yaml]) => yaml).join('---\n');
    await git().commit('Intrude by chart', {
      ...files,
      [template]: `{{- if eq .Values.tenant.name "${intruder}" }}\n${text}{{- end }}\n`,
    });
    await expectRefusals(intruder, rendered, /not permitted in project/, context);
    assert.deepEqual(await admin.list('deployments', '-n', intruder), []);
    const commit = await git().commit('Take the intruder out', { ...clean, [template]: undefined });
    // Its Application goes when its last try has failed.
    await syncedAndHealthy('root', commit, 240);
  });

  it('gets nothing past root’s project by way of gitops/apps', async context => {
    const file = 'gitops/apps/intrusion.yaml';
    await git().commit('Intrude by gitops/apps', {
      [file]: inApps.map(([, yaml]) => yaml).join('---\n'),
    });
    await expectRefusals('root', inApps, /not permitted in project/, context);
    await syncedAndHealthy('root', await git().commit('Take it out', { [file]: undefined }));
  });

  it('cannot move to a cluster that its project does not name', async context => {
    await registerSecondCluster();
    const file = `gitops/apps/${neighbour}.yaml`;
    const before = await git().read(file);
    const moved = before.replace("name: 'in-cluster'", `name: ${secondCluster.name}`);
    assert.notEqual(moved, before);
    await git().commit('Move to another cluster', { [file]: moved });
    await eventually(
      async () =>
        assert.match(
          (await complaints(neighbour)).join('\n'),
          /do not match any of the allowed destinations in project 'tenant-b'/,
        ),
      120,
      'the refusal',
    );
    context.diagnostic(
      `\n${tableOf([
        {
          act: `move to the cluster ${secondCluster.name}`,
          as: `Git, as ${neighbour}`,
          result: 'AppProject',
        },
      ])}`,
    );
    const commit = await git().commit('Move back', { [file]: before });
    await syncedAndHealthy('root', commit);
    await syncedAndHealthy(neighbour, commit);
  });

  it('cannot rewrite the platform’s own projects and Applications by way of Git', async context => {
    const file = 'gitops/projects/intrusion.yaml';
    const projects = await git().read('gitops/bootstrap/project.yaml');
    const widened = projects.replaceAll("namespace: '!{", "namespace: '{*,");
    assert.notEqual(widened, projects);
    const app = (await git().read('gitops/apps/tenant-b.yaml')).split('---\n')[1];
    const escaped = app
      .replaceAll(neighbour, 'escape')
      .replace('charts/tenant-fence', 'charts/evil');
    await git().commit('Intrude by name', {
      [file]: widened,
      'gitops/apps/intrusion.yaml': escaped,
    });
    await eventually(
      async () => {
        const all = (await complaints('root')).join('\n');
        for (const name of ['root', 'platform', 'default']) {
          assert.match(all, new RegExp(`project ${name} is the platform's`));
        }
        assert.match(all, /escape-fence deploys charts\/tenant-fence of/);
      },
      120,
      'the refusals',
    );
    context.diagnostic(
      `\n${tableOf([
        { act: 'projects root, platform, default; an escaped fence', as: 'Git', result: 'policy' },
      ])}`,
    );
    const { spec } = await admin.get('appproject', 'platform', '-n', 'argocd');
    assert.match(spec.destinations[0].namespace, /^!/);
    assert.equal(await application('escape-fence'), undefined);
    const commit = await git().commit('Take it out', {
      [file]: undefined,
      'gitops/apps/intrusion.yaml': undefined,
    });
    await syncedAndHealthy('root', commit);
  });
}

async function expectRefusals(
  name: string,
  intrusions: Array<[string, string]>,
  saying: RegExp,
  context: { diagnostic(text: string): void },
): Promise<void> {
  await eventually(
    async () => {
      const results =
        (await application(name))?.status?.operationState?.syncResult?.resources ?? [];
      const refused = results.filter(
        ({ name: each, message }) => each === 'intrusion' && saying.test(message ?? ''),
      );
      assert.equal(refused.length, intrusions.length, JSON.stringify(await complaints(name)));
    },
    180,
    `${intrusions.length} refusals of ${name}`,
  );
  const rows = intrusions.map(([act]) => ({
    act: `deploy ${act}`,
    as: `Git, as ${name}`,
    result: 'AppProject',
  }));
  context.diagnostic(`\n${tableOf(rows)}`);
}
