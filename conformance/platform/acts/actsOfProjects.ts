import { command, create, patch, refused, type Act } from './acts.ts';
import { renamed, type TenantObjects } from './tenantObjects.ts';
import { neighbour, type Change } from './workloads.ts';

const argocd = ['-n', 'argocd'];
const policy = refused('argocd', 'policy');

/** What a pull request could write into gitops/projects, or somebody into a project that is there. */
export function actsOfProjects({ project }: TenantObjects): Act[] {
  const rights = (act: string, spec: Change, saying: RegExp) =>
    policy(`a project that ${act}`, create(renamed(project, 'tenant-z', { spec })), saying);
  return [
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
  ];
}
