import { command, create, patch, type Act, type Actors } from './acts.ts';
import { neighbour, tenant, type Workloads } from './workloads.ts';

const ns = ['-n', tenant];
/** Rights are judged all the same; a test that fails destroys nothing. */
const dryRun = '--dry-run=server';
const grant = (kind: string, namespace?: string) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: `${kind}Binding`,
  metadata: { name: 'grab', namespace },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'ServiceAccount', name: 'demo-api', namespace: tenant }],
});

/** What RBAC refuses the tenant's people and the tenant's pods, tried by both. */
const byBoth: Array<[string, Act['try']]> = [
  ['list the pods of another tenant', command('get', 'pods', '-n', neighbour)],
  ['list the pods of all namespaces', command('get', 'pods', '-A')],
  ['watch the events of another tenant', command('get', 'events', '-n', neighbour)],
  ['read the logs of another tenant', command('logs', 'deployment/demo-api', '-n', neighbour)],
  [
    'read the Deployment of another tenant',
    command('get', 'deployment', 'demo-api', '-n', neighbour),
  ],
  ['list the secrets of its own namespace', command('get', 'secrets', ...ns)],
  ['list the secrets of another tenant', command('get', 'secrets', '-n', neighbour)],
  ['list the secrets of Argo CD', command('get', 'secrets', '-n', 'argocd')],
  ['list the secrets of kube-system', command('get', 'secrets', '-n', 'kube-system')],
  ['list the namespaces', command('get', 'namespaces')],
  ['list the nodes', command('get', 'nodes')],
  ['read the Applications of Argo CD', command('get', 'applications.argoproj.io', '-n', 'argocd')],
  ['read the projects of Argo CD', command('get', 'appprojects', '-n', 'argocd')],
  ['create a ConfigMap', command('create', 'configmap', 'x', ...ns)],
  ['scale its Deployment', command('scale', 'deployment/demo-api', '--replicas=5', ...ns)],
  [
    'change the image of its Deployment',
    command(
      'set',
      'image',
      'deployment/demo-api',
      'demo-api=ghcr.io/acme/demo-api:sha-9999999',
      ...ns,
    ),
  ],
  ['delete its Deployment', command('delete', 'deployment', 'demo-api', ...ns)],
  [
    'raise its quota',
    patch(['resourcequota', 'tenant'], { spec: { hard: { pods: '99' } } }, ...ns),
  ],
  ['delete its quota', command('delete', 'resourcequota', 'tenant', ...ns)],
  ['delete its limits', command('delete', 'limitrange', 'tenant', ...ns)],
  ['open its network', command('delete', 'networkpolicy', 'default-deny', ...ns)],
  [
    'open the network of another tenant',
    command('delete', 'networkpolicy', 'default-deny', '-n', neighbour),
  ],
  ['widen its Role', patch(['role', 'tenant-viewer'], { rules: [] }, ...ns)],
  ['delete its RoleBinding', command('delete', 'rolebinding', 'tenant-viewer', ...ns)],
  ['bind itself to cluster-admin in its namespace', create(grant('Role', tenant))],
  ['bind itself to cluster-admin', create(grant('Cluster'))],
  [
    'turn Pod Security off by label',
    command(
      'label',
      'namespace',
      tenant,
      'pod-security.kubernetes.io/enforce=privileged',
      '--overwrite',
    ),
  ],
  ['create a namespace', command('create', 'namespace', 'tenant-mine')],
  ['delete its namespace', command('delete', 'namespace', tenant, dryRun)],
  ['make a token for its service account', command('create', 'token', 'demo-api', ...ns)],
  [
    'make a token for a service account of kube-system',
    command('create', 'token', 'default', '-n', 'kube-system'),
  ],
  [
    'review a token',
    create({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenReview',
      metadata: { name: 'x' },
      spec: { token: 'x' },
    }),
  ],
  [
    'ask for the rights of others',
    create({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      metadata: { name: 'x' },
      spec: { user: 'ada', resourceAttributes: { verb: 'get', resource: 'secrets' } },
    }),
  ],
  [
    'request a client certificate',
    create({
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: { name: 'x' },
      spec: {
        request: 'eA==',
        signerName: 'kubernetes.io/kube-apiserver-client',
        usages: ['client auth'],
      },
    }),
  ],
  ['delete the kind Application', command('delete', 'crd', 'applications.argoproj.io', dryRun)],
  [
    'register a webhook',
    create({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'x' },
      webhooks: [],
    }),
  ],
  [
    'delete an admission policy',
    command('delete', 'validatingadmissionpolicy', 'tenant-images', dryRun),
  ],
  [
    'unbind an admission policy',
    command('delete', 'validatingadmissionpolicybinding', 'tenant-images', dryRun),
  ],
  [
    'make a priority class',
    create({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'first' },
      value: 999999,
    }),
  ],
  ['drain a node', command('delete', 'node', 'node-a', dryRun)],
  [
    'take a volume of the cluster',
    create({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'x' },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        hostPath: { path: '/' },
      },
    }),
  ],
  [
    'make an Application',
    create({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'tenant-mine', namespace: 'argocd' },
      spec: { project: 'platform', destination: { name: 'in-cluster', namespace: 'kube-system' } },
    }),
  ],
  [
    'start a sync of its Application',
    patch(['application', tenant], { operation: { sync: {} } }, '-n', 'argocd'),
  ],
  [
    'widen its AppProject',
    patch(['appproject', tenant], { spec: { sourceRepos: ['*'] } }, '-n', 'argocd'),
  ],
  ['read the metrics of the API server', command('get', '--raw', '/metrics')],
];

/** Run a shell in a pod and the like need a pod; these do, and are the tenant's people's alone. */
function intoPods(pod: string): Array<[string, Act['try']]> {
  return [
    ['run a command in its pod', command('exec', pod, ...ns, '--', 'sh')],
    ['attach to its pod', command('attach', pod, ...ns)],
    ['forward a port of its pod', command('port-forward', pod, '18000:8000', ...ns)],
    ['debug its pod with another container', command('debug', pod, '--image=busybox:1', ...ns)],
    ['delete its pod', command('delete', 'pod', pod, ...ns)],
    [
      'evict its pod',
      create(
        { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: tenant } },
        '--raw',
        `/api/v1/namespaces/${tenant}/pods/${pod}/eviction`,
      ),
    ],
  ];
}

/** Whom the tenant's people could pretend to be. */
const impersonations: Array<[string, string[]]> = [
  ['a platform engineer', ['--as=ada']],
  ['a member of system:masters', ['--as=x', '--as-group=system:masters']],
  ['Argo CD', ['--as=system:serviceaccount:argocd:argocd-application-controller']],
];

export function actsOfPeople(pod: string, workloads: Workloads): Act[] {
  const refused = (as: keyof Actors, list: Array<[string, Act['try']]>): Act[] =>
    list.map(([act, attempt]) => ({ act, as, refusedBy: 'RBAC', try: attempt }));
  return [
    ...refused('owner', byBoth),
    ...refused('owner', intoPods(pod)),
    ...refused('owner', [['run a pod', create(workloads.pod('mine'))]]),
    ...refused('workload', byBoth),
    ...refused('workload', [
      ['list the pods of its own namespace', command('get', 'pods', ...ns)],
      ...impersonations.map(([whom, args]): [string, Act['try']] => [
        `pretend to be ${whom}`,
        command('get', 'pods', ...ns, ...args),
      ]),
    ]),
  ];
}

/** What the tenant's people may do: if these fail, the refusals prove nothing. */
export function rightsOfPeople(pod: string): Act[] {
  const allowed: Array<[string, Act['try']]> = [
    ['list the pods of its own namespace', command('get', 'pods', ...ns)],
    ['read its pod', command('get', 'pod', pod, ...ns)],
    ['read its Deployment', command('get', 'deployment', 'demo-api', ...ns)],
    ['read its quota', command('get', 'resourcequota', 'tenant', ...ns)],
    ['read its network policies', command('get', 'networkpolicies', ...ns)],
    ['read its events', command('get', 'events', ...ns)],
    ['may read the logs of its pods', command('auth', 'can-i', 'get', 'pods/log', ...ns)],
  ];
  return allowed.map(([act, attempt]) => ({ act, as: 'owner', try: attempt }));
}
