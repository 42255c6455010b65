import type { JsonObject } from '@backstage/types';
import { tenantFile, tenantPath } from './FakeGithub';
import type { Certificate, FakeServer } from '@internal/gitops/testUtils';
import { configFor, startTestPortal, startUpstreams, type TestPortal } from './startTestPortal';

/** Kinds of upstreams, as sources name them. */
export const kinds = ['git', 'argocd', 'kubernetes', 'prometheus', 'loki'] as const;
/** See {@link kinds}. */
export type Kind = (typeof kinds)[number];

/** A portal over one Git and two sites with servers of their own: tenant-a lives in the first, tenant-b in the second. */
export interface TwoSites {
  portal: TestPortal;
  /** The server of a kind in the first site. */
  upstream(kind: Kind): FakeServer;
  /** Everything that was written to the log. */
  log: string[];
  stop(): Promise<void>;
}

let hosts = 0;

/** @param certificate - set when the servers speak TLS, to clients that trust it */
export async function startTwoSites(certificate?: Certificate): Promise<TwoSites> {
  const first = await startUpstreams();
  const second = await startUpstreams();
  for (const server of [...Object.values(first), ...Object.values(second)]) {
    hosts += 1;
    server.host = `u${hosts}.upstream.test`;
    if (certificate) {
      await server.stop();
      server.secure(certificate);
      await server.start();
    }
  }
  const revision = first.github.commit({
    [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1'),
    [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-1'),
  });
  const nodes = [{ kind: 'Service', namespace: 'tenant-a', name: 'demo-api' }];
  first.argocd.set('tenant-a', { revision, tree: { nodes } });
  second.argocd.set('tenant-b', { revision, cluster: 'second' });
  first.kubernetes.set('p', { tenant: 'tenant-a', version: 'sha-1' });
  second.kubernetes.set('p', { tenant: 'tenant-b', version: 'sha-1' });
  const log: string[] = [];
  const write = (...words: unknown[]) => log.push(words.map(String).join(' '));
  const portal = await startTestPortal(first, {
    config: twoSites(configFor(first), configFor(second)),
    logger: { info: write, warn: write, error: write, debug: write },
  });
  return {
    portal,
    log,
    upstream: kind => (kind === 'git' ? first.github : first[kind]),
    async stop() {
      await portal.stop();
      await Promise.all(Object.values(second).map(server => server.stop()));
    },
  };
}

/** The first configuration with the second one's servers beside its own; Git is the first one's. */
function twoSites(first: any, second: any): JsonObject {
  const [main] = first.argocd.appLocatorMethods[0].instances;
  const [other] = second.argocd.appLocatorMethods[0].instances;
  const [inCluster] = first.kubernetes.clusterLocatorMethods[0].clusters;
  const [cluster] = second.kubernetes.clusterLocatorMethods[0].clusters;
  return {
    ...first,
    tenantReleases: {
      ...first.tenantReleases,
      telemetry: [
        { ...first.tenantReleases.telemetry[0], cluster: 'in-cluster' },
        { ...second.tenantReleases.telemetry[0], cluster: 'second' },
      ],
    },
    argocd: {
      appLocatorMethods: [{ type: 'config', instances: [main, { ...other, name: 'second' }] }],
    },
    kubernetes: {
      clusterLocatorMethods: [
        { type: 'config', clusters: [inCluster, { ...cluster, name: 'second' }] },
      ],
    },
  };
}
