import type { KubernetesObject } from '../../support/objects.ts';
import { create, patch, refused, type Act } from './acts.ts';
import { renamed, type TenantObjects } from './tenantObjects.ts';
import { merge, neighbour, tenant, type Change } from './workloads.ts';

const argocd = ['-n', 'argocd'];
const policy = refused('argocd', 'policy');

/** What a pull request could write into gitops/apps, or somebody into an Application that is there. */
export function actsOfApplications({ workload, fence }: TenantObjects): Act[] {
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
  ];
}
