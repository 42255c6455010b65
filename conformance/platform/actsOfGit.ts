import type { KubernetesObject } from '../support/objects.ts';
import { command, create, patch, type Act, type Layer } from './acts.ts';
import { merge, neighbour, tenant, type Change } from './workloads.ts';

const argocd = ['-n', 'argocd'];

/** What the objects of a tenant look like that the tree holds; what an act changes is merged into a copy. */
export interface TenantObjects {
  workload: KubernetesObject;
  fence: KubernetesObject;
  project: KubernetesObject;
}

/** As the tree has it, under the name of a tenant that is not there. */
function renamed(object: KubernetesObject, name: string, change: Change): KubernetesObject {
  const text = JSON.stringify(object).replaceAll(tenant, name);
  return merge(JSON.parse(text) as KubernetesObject, change);
}

/**
 * What a pull request could write into gitops/apps and gitops/projects, tried as the cluster administrator that Argo CD is: RBAC
 * has no say, the admission policies do.
 */
export function actsOfGit({ workload, fence, project }: TenantObjects): Act[] {
  const policy = (act: string, attempt: Act['try'], saying?: RegExp): Act => ({
    act,
    as: 'argocd',
    refusedBy: 'policy' satisfies Layer,
    saying,
    try: attempt,
  });
  const make = (
    act: string,
    object: KubernetesObject,
    change: Change,
    saying: RegExp,
    name = 'tenant-z',
  ) => policy(`an Application that ${act}`, create(renamed(object, name, change)), saying);
  const app = (act: string, spec: Change, saying: RegExp) => make(act, workload, { spec }, saying);
  const fenced = (act: string, spec: Change, saying: RegExp) => make(act, fence, { spec }, saying);
  const helm = (change: Change) => ({ source: { helm: change } });
  const rights = (act: string, spec: Change, saying: RegExp) =>
    policy(`a project that ${act}`, create(renamed(project, 'tenant-z', { spec })), saying);
  const running = ['application', tenant, ...argocd];
  const order = (act: string, sync: object, saying: RegExp) =>
    policy(`a sync that ${act}`, patch(running, { operation: { sync } }), saying);
  return [
    app(
      'names the platform’s project',
      { project: 'platform' },
      /belongs to the project tenant-z, not to platform/,
    ),
    app(
      'names another tenant’s project',
      { project: neighbour },
      /belongs to the project tenant-z, not to tenant-b/,
    ),
    app('names the project default', { project: 'default' }, /not to default/),
    app('names no project', { project: '' }, /not to default/),
    app(
      'goes to another tenant’s namespace',
      { destination: { namespace: neighbour } },
      /goes to the namespace tenant-z/,
    ),
    app(
      'goes to kube-system',
      { destination: { namespace: 'kube-system' } },
      /goes to the namespace tenant-z/,
    ),
    app(
      'goes to a cluster by address',
      { destination: { name: undefined, server: 'https://kubernetes.default.svc' } },
      /by name/,
    ),
    app(
      'takes another chart',
      { source: { path: 'charts/tenant-fence' } },
      /deploys charts\/tenant of/,
    ),
    app(
      'takes a folder of the tree',
      { source: { path: 'gitops/platform', helm: undefined } },
      /deploys charts\/tenant of/,
    ),
    app(
      'takes another repository',
      { source: { repoURL: 'https://github.com/mallory/platform.git' } },
      /and nothing else/,
    ),
    app(
      'takes a chart from a registry',
      { source: { chart: 'x', path: undefined } },
      /and nothing else/,
    ),
    app(
      'follows another branch',
      { source: { targetRevision: 'onboard/tenant-z' } },
      /follows main/,
    ),
    app(
      'takes another tenant’s file',
      helm({ valueFiles: [`/gitops/tenants/${neighbour}-values.yaml`] }),
      /the one file/,
    ),
    app(
      'takes a second file',
      helm({ valueFiles: ['/gitops/tenants/tenant-z-values.yaml', '/x.yaml'] }),
      /the one file/,
    ),
    app(
      'sets a parameter',
      helm({ parameters: [{ name: 'image.tag', value: 'sha-9999999' }] }),
      /nothing else/,
    ),
    app(
      'sets values beside the file',
      helm({ valuesObject: { image: { tag: 'x' } } }),
      /nothing else/,
    ),
    app('skips the schema', helm({ skipSchemaValidation: true }), /nothing else/),
    app('names another release namespace', helm({ namespace: neighbour }), /nothing else/),
    app(
      'has a second source',
      { source: undefined, sources: [workload.spec.source] },
      /may not set sources/,
    ),
    app('runs a plugin', { source: { plugin: { name: 'x' } } }, /repoURL, targetRevision, path/),
    app(
      'patches by Kustomize',
      { source: { kustomize: { namePrefix: 'x' } } },
      /repoURL, targetRevision, path/,
    ),
    app(
      'ignores differences',
      { ignoreDifferences: [{ kind: 'Deployment', group: 'apps', jsonPointers: ['/spec'] }] },
      /may not set ignoreDifferences/,
    ),
    app(
      'labels its namespace',
      {
        syncPolicy: {
          managedNamespaceMetadata: {
            labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
          },
        },
      },
      /managedNamespaceMetadata/,
    ),
    app(
      'creates its namespace',
      { syncPolicy: { syncOptions: ['CreateNamespace=true'] } },
      /cannot be CreateNamespace=true/,
    ),
    app(
      'skips the API server’s validation',
      { syncPolicy: { syncOptions: ['Validate=false'] } },
      /cannot be Validate=false/,
    ),
    app(
      'replaces what others own',
      { syncPolicy: { syncOptions: ['Replace=true', 'Force=true'] } },
      /cannot be Replace=true, Force=true/,
    ),
    make(
      'leaves its objects behind',
      workload,
      { metadata: { finalizers: undefined } },
      /needs the finalizer/,
    ),
    make(
      'begins with an operation',
      workload,
      { operation: { sync: { revision: 'x' } } },
      /without an operation/,
    ),
    make(
      'lives in another namespace',
      workload,
      { metadata: { namespace: tenant } },
      /namespace argocd only/,
    ),
    make(
      'takes the name of a namespace of the cluster',
      workload,
      {},
      /no name of a tenant/,
      'kube-system',
    ),
    make(
      'takes the name of the platform’s namespace',
      workload,
      {},
      /no name of a tenant/,
      'observability',
    ),
    fenced(
      'is a fence in a tenant’s project',
      { project: 'tenant-z' },
      /belongs to the project platform/,
    ),
    fenced(
      'is a fence with another chart',
      { source: { path: 'charts/evil' } },
      /deploys charts\/tenant-fence/,
    ),
    fenced(
      'is a fence round another tenant',
      { destination: { namespace: neighbour } },
      /goes to the namespace tenant-z/,
    ),
    fenced(
      'is a fence round Argo CD',
      { destination: { namespace: 'argocd' } },
      /goes to the namespace tenant-z/,
    ),
    policy(
      'the tenant’s Application moved to the platform’s project',
      patch(running, { spec: { project: 'platform' } }),
      /belongs to the project/,
    ),
    policy(
      'the tenant’s Application moved to another namespace',
      patch(running, { spec: { destination: { namespace: neighbour } } }),
      /goes to the namespace/,
    ),
    policy(
      'the Application root pointed elsewhere',
      patch(['application', 'root', ...argocd], { spec: { source: { path: 'evil' } } }),
      /deploys gitops of/,
    ),
    policy(
      'the Application root reading every file',
      patch(['application', 'root', ...argocd], {
        spec: { source: { directory: { include: '*' } } },
      }),
      /nothing else/,
    ),
    order('brings manifests of its own', { manifests: ['{}'] }, /no manifests/),
    order(
      'brings a source of its own',
      { source: { ...workload.spec.source, path: 'charts/evil' } },
      /and nothing else/,
    ),
    order(
      'brings values of its own',
      { source: merge(workload.spec.source, { helm: { values: 'x: y' } }) },
      /nothing else/,
    ),
    order('forces what is there', { syncOptions: ['Force=true'] }, /cannot be Force=true/),
    rights('takes every repository', { sourceRepos: ['*'] }, /deploys from/),
    rights(
      'takes a second repository',
      { sourceRepos: [...project.spec.sourceRepos, 'https://github.com/mallory/x.git'] },
      /deploys from/,
    ),
    rights(
      'reaches every namespace',
      { destinations: [{ name: 'in-cluster', namespace: '*' }] },
      /one destination/,
    ),
    rights(
      'reaches another tenant',
      { destinations: [{ name: 'in-cluster', namespace: neighbour }] },
      /one destination/,
    ),
    rights(
      'reaches a second namespace',
      { destinations: [...project.spec.destinations, { name: 'in-cluster', namespace: 'x' }] },
      /one destination/,
    ),
    rights(
      'reaches every cluster',
      { destinations: [{ name: '*', namespace: 'tenant-z' }] },
      /one destination/,
    ),
    rights(
      'shares another tenant’s cluster',
      { destinations: [{ name: 'isolated', namespace: 'tenant-z' }] },
      /permitOnlyProjectScopedClusters/,
    ),
    rights(
      'may make what belongs to the cluster',
      { clusterResourceWhitelist: [{ group: '*', kind: '*' }] },
      /belongs to the whole cluster/,
    ),
    rights(
      'may make its own quota',
      { namespaceResourceWhitelist: [{ group: '', kind: 'ResourceQuota' }] },
      /not \/ResourceQuota/,
    ),
    rights(
      'may make every kind',
      { namespaceResourceWhitelist: [{ group: '*', kind: '*' }] },
      /not \*\/\*/,
    ),
    rights('names no kinds', { namespaceResourceWhitelist: undefined }, /not nothing/),
    rights('has roles with tokens', { roles: [{ name: 'x', policies: [] }] }, /no roles/),
    rights(
      'takes Applications from other namespaces',
      { sourceNamespaces: ['*'] },
      /no roles, source namespaces/,
    ),
    policy(
      'a project by the name of a namespace of the cluster',
      create(renamed(project, 'kube-system', {})),
      /no name of a tenant/,
    ),
    policy(
      'the project default opened',
      patch(['appproject', 'default', ...argocd], { spec: { sourceRepos: ['*'] } }),
      /project default stays/,
    ),
    policy(
      'the project default deleted',
      command('delete', 'appproject', 'default', ...argocd, '--dry-run=server'),
      /cannot be deleted/,
    ),
    ...actsOnFence(policy),
  ];
}

/** What a chart or a person with every right could do to a fence. */
function actsOnFence(policy: (act: string, attempt: Act['try'], saying?: RegExp) => Act): Act[] {
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
      /restricted|reserved/,
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

/** What the same administrator may do. */
export function rightsOfGit({ workload, fence, project }: TenantObjects): Act[] {
  const dry = ['--dry-run=server'];
  const allowed: Array<[string, Act['try']]> = [
    ['the project of a new tenant', create(renamed(project, 'tenant-z', {}), ...dry)],
    ['the Application of a new tenant', create(renamed(workload, 'tenant-z', {}), ...dry)],
    ['the fence of a new tenant', create(renamed(fence, 'tenant-z', {}), ...dry)],
    [
      'the Application of a tenant on a cluster of its own',
      create(
        renamed(workload, 'tenant-z', { spec: { destination: { name: 'isolated' } } }),
        ...dry,
      ),
    ],
    [
      'the project of a tenant on a cluster of its own',
      create(
        renamed(project, 'tenant-z', {
          spec: {
            destinations: [{ name: 'isolated', namespace: 'tenant-z' }],
            permitOnlyProjectScopedClusters: true,
          },
        }),
        ...dry,
      ),
    ],
    [
      'a note of Argo CD on the tenant’s Application',
      command('annotate', 'application', tenant, ...argocd, 'example.com/x=y', '--overwrite'),
    ],
    [
      'a label more on the tenant’s namespace',
      command('label', 'namespace', tenant, 'example.com/x=y', '--overwrite'),
    ],
    [
      'a sync of the tenant’s Application',
      patch(['application', tenant, ...argocd], { operation: { sync: { revision: 'main' } } }),
    ],
  ];
  return allowed.map(([act, attempt]) => ({ act, as: 'argocd', try: attempt }));
}
