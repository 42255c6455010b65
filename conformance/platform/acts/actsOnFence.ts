import type { KubernetesObject } from '../../support/objects.ts';
import { command, create, refused, type Act } from './acts.ts';
import { elsewhere } from './deployer.ts';
import { neighbour, tenant } from './workloads.ts';

const policy = refused('argocd', 'policy');

/** As the charts label what they make for a tenant. */
function labelled(owner: string, namespace: string): KubernetesObject {
  const labels = { 'tenant-releases.io/tenant': owner };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'bad', namespace, labels } };
}

/** What a chart or a person with every right could do to a fence. */
export function actsOnFence(): Act[] {
  const rbac = 'rbac.authorization.k8s.io';
  const role = (rules: object[]): KubernetesObject => ({
    apiVersion: `${rbac}/v1`,
    kind: 'Role',
    metadata: { name: 'bad', namespace: tenant },
    rules,
  });
  const binding = (roleRef: object, subject: object): KubernetesObject => ({
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'bad', namespace: tenant },
    roleRef: { apiGroup: rbac, ...roleRef },
    subjects: [subject],
  });
  const viewer = { kind: 'Role', name: 'tenant-viewer' };
  const group = { kind: 'Group', apiGroup: rbac, name: 'oidc:tenant-a-owners' };
  const label = (...labels: string[]) =>
    command('label', 'namespace', tenant, '--overwrite', ...labels);
  const rule = (resources: string[], verbs: string[]) => [{ apiGroups: [''], resources, verbs }];
  return [
    policy(
      'the tenant’s namespace without Pod Security',
      label('pod-security.kubernetes.io/enforce-'),
      /has to stay "restricted"/,
    ),
    policy(
      'the tenant’s namespace with weaker Pod Security',
      label('pod-security.kubernetes.io/enforce=baseline'),
      /has to stay "restricted"/,
    ),
    policy(
      'the tenant’s namespace with Pod Security of old',
      label('pod-security.kubernetes.io/enforce-version=v1.20'),
      /v1\.36 or newer/,
    ),
    policy(
      'the tenant’s namespace without the tenant’s label',
      label('tenant-releases.io/tenant-'),
      /has to stay "tenant-a"/,
    ),
    policy(
      'the tenant’s namespace under another tenant’s label',
      label(`tenant-releases.io/tenant=${neighbour}`),
      /has to stay "tenant-a"/,
    ),
    policy(
      'the namespace kube-system made a tenant’s',
      command('label', 'namespace', 'kube-system', 'tenant-releases.io/tenant=kube-system'),
      /is there already and no tenant's/,
    ),
    policy(
      'a namespace of somebody else made a tenant’s',
      command(
        'label',
        'namespace',
        elsewhere,
        `tenant-releases.io/tenant=${elsewhere}`,
        'pod-security.kubernetes.io/enforce=restricted',
      ),
      /is there already and no tenant's/,
    ),
    policy(
      'an object of a tenant named after that namespace, in it',
      create(labelled(elsewhere, elsewhere)),
      /is no tenant's/,
    ),
    policy(
      'an object of the tenant in another tenant’s namespace',
      create(labelled(tenant, neighbour)),
      /lives in the namespace tenant-a/,
    ),
    policy(
      'an object of the tenant in Argo CD’s namespace',
      create(labelled(tenant, 'argocd')),
      /lives in the namespace tenant-a/,
    ),
    policy(
      'a Role of the tenant that reads secrets',
      create(role(rule(['secrets'], ['get']))),
      /neither secrets/,
    ),
    policy(
      'a Role of the tenant that reads everything',
      create(role(rule(['*'], ['get']))),
      /one by one/,
    ),
    policy(
      'a Role of the tenant that runs commands in pods',
      create(role(rule(['pods/exec'], ['get']))),
      /a way into a pod/,
    ),
    policy(
      'a Role of the tenant that changes something',
      create(role(rule(['pods'], ['delete']))),
      /get, list and watch/,
    ),
    policy(
      'a RoleBinding of the tenant to a ClusterRole',
      create(binding({ kind: 'ClusterRole', name: 'view' }, group)),
      /refers to a Role/,
    ),
    policy(
      'a RoleBinding of the tenant for everybody',
      create(binding(viewer, { ...group, name: 'system:authenticated' })),
      /nobody of system/,
    ),
    policy(
      'a RoleBinding of the tenant for a service account',
      create(binding(viewer, { kind: 'ServiceAccount', name: 'demo-api', namespace: tenant })),
      /no service account/,
    ),
  ];
}
