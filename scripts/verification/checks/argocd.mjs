/** Argo CD: Applications, projects, and what its read-only account may do. */
import { kubeCheck } from '../kubeCheck.mjs';
import { fail, pass, some } from '../verdict.mjs';

const tenantLabel = 'tenant-releases.io/tenant';

/** @returns the checks of one tenant */
export function tenantApplicationChecks(context, tenant) {
  return [
    kubeCheck(context, {
      id: 'applications',
      tenant,
      args: ['-n', 'argocd', 'get', 'applications', '-l', `${tenantLabel}=${tenant}`],
      judge: judgeApplications,
    }),
    kubeCheck(context, {
      id: 'project',
      tenant,
      args: ['-n', 'argocd', 'get', 'appproject', tenant],
      judge: project => judgeProject(project, tenant),
    }),
  ];
}

/** @returns the checks of Argo CD as a whole */
export function argocdChecks(context) {
  const request = { path: '/api/v1/applications', query: { fields: 'items.metadata.name' } };
  return [
    kubeCheck(context, {
      id: 'platform-applications',
      args: ['-n', 'argocd', 'get', 'applications', '-l', `!${tenantLabel}`],
      judge: judgeApplications,
    }),
    kubeCheck(context, {
      id: 'default-project',
      args: ['-n', 'argocd', 'get', 'applications'],
      judge: judgeDefaultProject,
    }),
    {
      id: 'argocd-api',
      command: context.servers.command('argocd', request),
      run: async () => {
        const { items } = await context.servers.json('argocd', request);
        return pass(`Argo CD's API lists ${items?.length ?? 0} Applications`);
      },
    },
  ];
}

/** Every Application is Synced and Healthy, and there is one. */
export function judgeApplications({ items }) {
  if (items.length === 0) return fail('there is no Application');
  const wrong = items
    .map(({ metadata, status }) => ({
      name: metadata.name,
      sync: status?.sync?.status ?? 'Unknown',
      health: status?.health?.status ?? 'Unknown',
    }))
    .filter(({ sync, health }) => sync !== 'Synced' || health !== 'Healthy');
  if (wrong.length > 0) {
    return fail(some(wrong.map(({ name, sync, health }) => `${name} is ${sync}/${health}`)));
  }
  return pass(`Synced and Healthy: ${some(items.map(({ metadata }) => metadata.name))}`);
}

/** One namespace, one source, nothing of the whole cluster. */
export function judgeProject({ spec }, tenant) {
  const destinations = spec.destinations ?? [];
  if (destinations.length !== 1 || destinations[0].namespace !== tenant) {
    const namespaces = destinations.map(({ namespace }) => namespace).join(', ') || 'none';
    return fail(`the project's destinations are ${namespaces}, not ${tenant} alone`);
  }
  const sources = spec.sourceRepos ?? [];
  if (sources.length === 0 || sources.some(source => source.includes('*'))) {
    return fail(`the project takes sources ${sources.join(', ') || 'without naming any'}`);
  }
  if ((spec.clusterResourceWhitelist ?? []).length > 0) {
    return fail('the project may make cluster resources');
  }
  return pass(`one destination, ${sources.length === 1 ? 'one source' : 'named sources'}`);
}

/** No Application is in the project that allows everything. */
export function judgeDefaultProject({ items }) {
  const loose = items.filter(({ spec }) => (spec.project || 'default') === 'default');
  if (loose.length > 0) {
    return fail(`in the project "default": ${some(loose.map(({ metadata }) => metadata.name))}`);
  }
  return pass('no Application is in the project "default"');
}
