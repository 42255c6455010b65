import { exposition, type MetricSample } from '../prometheus/exposition';
import { Application, applicationSpecSchema, inCluster } from './application';

/**
 * The metrics of Argo CD's application controller, as far as the platform's rules and dashboards read them. An Application
 * whose spec cannot be parsed has none.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/
 */
export function applicationMetrics(applications: Application[]): string {
  const samples = applications.map(samplesOf);
  return exposition([
    {
      name: 'argocd_app_info',
      type: 'gauge',
      help: 'Information about application.',
      samples: samples.flatMap(({ info }) => info),
    },
    {
      name: 'argocd_app_sync_total',
      type: 'counter',
      help: 'Number of application syncs.',
      samples: samples.flatMap(({ syncs }) => syncs),
    },
  ]);
}

function samplesOf({ metadata, spec, status, operation }: Application): {
  info: MetricSample[];
  syncs: MetricSample[];
} {
  const parsed = applicationSpecSchema.safeParse(spec);
  if (!parsed.success) return { info: [], syncs: [] };
  const { destination, project, source, syncPolicy } = parsed.data;
  const common = {
    dest_server: destination.server ?? inCluster.server,
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    project,
  };
  const labels = {
    ...common,
    autosync_enabled: String(Boolean(syncPolicy?.automated)),
    dest_namespace: destination.namespace ?? '',
    health_status: status?.health?.status ?? 'Unknown',
    operation: operation ? 'sync' : '',
    repo: source?.repoURL ?? '',
    sync_status: status?.sync?.status ?? 'Unknown',
  };
  // Entries are numbered from 0 for as long as the application lives, and outlast a restart, as a counter need not.
  const last = status?.history?.at(-1);
  const counted = { ...common, dry_run: 'false', phase: 'Succeeded' };
  return {
    info: [{ labels, value: 1 }],
    syncs: last ? [{ labels: counted, value: last.id + 1 }] : [],
  };
}
