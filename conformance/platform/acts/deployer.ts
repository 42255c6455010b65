import { Kubectl } from '../../support/kubectl.ts';
import { tenant } from './workloads.ts';

const admin = new Kubectl();
const rbac = 'rbac.authorization.k8s.io';
const name = 'conformance-deployer';

/** A namespace of somebody else, which no tenant may get. */
export const elsewhere = 'elsewhere';

/** Every right over what runs and how it is reached, in every namespace: RBAC is out of the way, the other layers are not. */
const objects = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: elsewhere } },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'deployer', namespace: tenant },
    automountServiceAccountToken: false,
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRole',
    metadata: { name },
    rules: [
      {
        apiGroups: [''],
        resources: [
          'pods',
          'pods/ephemeralcontainers',
          'podtemplates',
          'replicationcontrollers',
          'services',
          'persistentvolumeclaims',
        ],
        verbs: ['*'],
      },
      { apiGroups: ['apps', 'batch'], resources: ['*'], verbs: ['*'] },
      { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['*'] },
    ],
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace: tenant }],
  },
];

/** Opens RBAC too far for one service account of the tenant, beside a namespace that is not the tenant's. */
export async function grantDeployer(): Promise<void> {
  const outcome = await admin.apply(objects);
  if (outcome.code !== 0) throw new Error(outcome.stderr);
}

/** Takes the rights back. */
export async function revokeDeployer(): Promise<void> {
  await admin.output(['delete', 'clusterrole,clusterrolebinding', name, '--ignore-not-found']);
  await admin.output(['delete', 'namespace', elsewhere, '--ignore-not-found', '--wait=false']);
  await admin.output(['delete', 'serviceaccount', 'deployer', '-n', tenant, '--ignore-not-found']);
}
