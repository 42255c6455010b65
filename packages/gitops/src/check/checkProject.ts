import { atMost, finding, type Finding } from './finding';
import { parseYaml } from '../yaml/parseYaml';
import { projectSchema, type Project } from './argocdObject';
import type { TreeOrigin } from './checkApplications';
import { absent, exactly, malformed, unmet, type Expectation } from './expectations';

/** Kinds of the fence, and those that would let a tenant change it. */
const fenceKinds = new Set([
  'Namespace',
  'ResourceQuota',
  'LimitRange',
  'NetworkPolicy',
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
  'Application',
  'ApplicationSet',
  'AppProject',
]);

/**
 * Checks the AppProject of a tenant: one source, one destination, nothing of the cluster and nothing of the fence.
 *
 * @param cluster - the cluster that the tenant's Application names; absent when it is not known
 */
export function checkProject(
  file: string,
  tenant: string,
  text: string,
  origin: TreeOrigin,
  cluster: { name?: string; server?: string } | undefined,
): Finding[] {
  const { documents, findings } = parseYaml(file, text, { single: true });
  const [document] = documents;
  if (findings.length > 0) return findings;
  if (document === undefined || document.value === null) {
    return [finding({ rule: 'project', file, problem: 'holds no AppProject', cure: 'add it' })];
  }
  const parsed = projectSchema.safeParse(document.value);
  if (!parsed.success) {
    return atMost(malformed('project', file, document, parsed.error, 'an AppProject'));
  }
  const expected = [
    ...identity(parsed.data, tenant, origin),
    ...destinations(parsed.data, tenant, cluster),
    ...kinds(parsed.data),
  ];
  return atMost(unmet('project', file, document, expected));
}

function identity({ metadata, spec }: Project, tenant: string, origin: TreeOrigin): Expectation[] {
  const repositories = spec.sourceRepos ?? [];
  return [
    exactly(['metadata', 'name'], metadata.name, tenant),
    exactly(['metadata', 'namespace'], metadata.namespace, 'argocd'),
    {
      path: ['spec', 'sourceRepos'],
      ok:
        repositories.length === 1 &&
        !/[*!]/.test(repositories[0]) &&
        (origin.repoURL === undefined || repositories[0] === origin.repoURL),
      problem: `must name ${origin.repoURL ?? 'one repository'} and nothing else`,
      cure: 'name the one repository that the tenant is deployed from, without a pattern',
    },
    absent(
      ['spec', 'sourceNamespaces'],
      spec.sourceNamespaces?.length ? spec.sourceNamespaces : undefined,
      'Applications stand in the namespace argocd alone',
    ),
  ];
}

function destinations(
  { spec }: Project,
  tenant: string,
  cluster: { name?: string; server?: string } | undefined,
): Expectation[] {
  const all = spec.destinations ?? [];
  const [only] = all;
  const key = ['spec', 'destinations'];
  if (all.length !== 1) {
    return [
      {
        path: key,
        ok: false,
        problem: `must name exactly one destination, not ${all.length}`,
        cure: `name the namespace ${tenant} on the tenant's cluster`,
      },
    ];
  }
  const fits = (field: 'name' | 'server') =>
    cluster?.[field] === undefined || only[field] === undefined || only[field] === cluster[field];
  const isNamed = only.name !== undefined || only.server !== undefined;
  return [
    exactly([...key, 0, 'namespace'], only.namespace, tenant),
    {
      path: [...key, 0, only.name === undefined ? 'server' : 'name'],
      ok: isNamed && !/[*!]/.test(`${only.name ?? ''}${only.server ?? ''}`),
      problem: 'must name the one cluster, without a pattern',
      cure: 'write the name of the cluster, for example in-cluster',
    },
    {
      path: [...key, 0, fits('name') ? 'server' : 'name'],
      ok: fits('name') && fits('server'),
      problem: "is another cluster than the Application's",
      cure: `write that of gitops/apps/${tenant}.yaml`,
    },
  ];
}

function kinds({ spec }: Project): Expectation[] {
  const allowed = spec.namespaceResourceWhitelist;
  return [
    {
      path: ['spec', 'clusterResourceWhitelist'],
      ok: (spec.clusterResourceWhitelist ?? []).length === 0,
      problem: 'lets the tenant make resources of the cluster',
      cure: 'write clusterResourceWhitelist: []',
    },
    {
      path: ['spec', 'namespaceResourceWhitelist'],
      // Without the list Argo CD allows every kind.
      ok: allowed !== undefined && allowed.length > 0,
      problem: 'must list the kinds of the chart: without it every kind is allowed',
      cure: 'list them, as in the file of another tenant',
    },
    ...(allowed ?? []).map(({ group, kind }, index) => ({
      path: ['spec', 'namespaceResourceWhitelist', index, 'kind'],
      ok: !fenceKinds.has(kind) && !/[*?[{!]/.test(`${group}${kind}`),
      problem: `allows what the tenant must not change`,
      cure: 'remove the entry: patterns, and kinds of the fence, are not for tenants',
    })),
  ];
}
