import { tenantOnboardPermission } from '@internal/plugin-tenant-releases-common';
import { NotAllowedError } from '@backstage/errors';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';

/** What the route of clusters needs. */
export interface ClusterRouteDeps {
  /** Names of the clusters that the configuration lists; empty when it lists none. */
  configured: readonly string[];
  board: Pick<ReleaseBoard, 'refs' | 'cluster'>;
  access: ReleaseAccess;
}

/** Argo CD's name of the cluster that it runs in itself. */
const ownCluster = 'in-cluster';

/** The clusters that a tenant can be onboarded to. */
export function clusterRoutes({ configured, board, access }: ClusterRouteDeps): Route[] {
  const permission = tenantOnboardPermission.name;
  return [
    defineRoute('listClusters', {
      summary:
        'Clusters that a tenant can run on: those of the configuration, else those that tenants run on',
      permission,
      params: parameters.none,
      query: parameters.none,
      async handle({ credentials }) {
        if (!(await access.holds(credentials, tenantOnboardPermission))) {
          throw new NotAllowedError(`You may not onboard tenants (${permission})`);
        }
        const tenants = new Map<string, number>();
        for (const ref of board.refs()) {
          const cluster = board.cluster(ref);
          if (cluster) tenants.set(cluster, (tenants.get(cluster) ?? 0) + 1);
        }
        const names =
          configured.length > 0 ? configured : [...new Set([ownCluster, ...tenants.keys()])];
        const items = names.map(name => ({ name, tenants: tenants.get(name) ?? 0 }));
        return { items: items.sort((a, b) => b.tenants - a.tenants) };
      },
    }),
  ];
}
