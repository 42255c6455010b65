import { command, create, patch, type Act } from './acts.ts';
import { renamed, type TenantObjects } from './tenantObjects.ts';
import { tenant } from './workloads.ts';

const argocd = ['-n', 'argocd'];

/** What the cluster administrator that Argo CD is may do. */
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
