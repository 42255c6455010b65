import type { Config } from '@backstage/config';
import { z } from 'zod';
import { urlProblem, type PartList } from './PartProblem';
import { identityOf, PodIdentity } from './clusterIdentity';
import { nameOf, parseSetting, readSetting } from './parseSetting';

/** A Kubernetes cluster. */
export interface KubernetesCluster {
  name: string;
  url: string;
  /** Absent where there is `tokenFile`, and where a proxy on this machine has the credentials. */
  token?: string;
  /** Holds the token; it is read for each request, since Kubernetes replaces it. */
  tokenFile?: string;
  /** PEM; undefined for the system's authorities. */
  ca?: string;
  skipTlsVerify: boolean;
}

const root = 'kubernetes.clusterLocatorMethods';

/** `kubectl proxy`, as the Kubernetes plugin's locator of that name reaches it. */
const localProxy: KubernetesCluster = {
  name: 'local',
  url: 'http://localhost:8001',
  skipTlsVerify: false,
};

/** The block of plugin-kubernetes: https://backstage.io/docs/features/kubernetes/configuration */
const methods = z
  .array(z.looseObject({ type: z.string(), clusters: z.array(z.unknown()).optional() }))
  .default([]);

const clusterSchema = z.looseObject({
  name: z.string().optional(),
  url: z.string().optional(),
  serviceAccountToken: z.string().optional(),
  authProvider: z.string().optional(),
  authMetadata: z.record(z.string(), z.string()).optional(),
  skipTLSVerify: z.boolean().optional(),
  caData: z.string().optional(),
  caFile: z.string().optional(),
});

type ClusterSetting = z.infer<typeof clusterSchema>;

/**
 * Reads the clusters of the locators `config` and `localKubectlProxy`; what cannot be used is reported, each with the key
 * and the cure.
 *
 * @param pod - where Kubernetes mounts the service account of the pod that this runs in; for tests
 */
export function readKubernetesConfig(
  config: Config,
  pod: PodIdentity = new PodIdentity(),
): PartList<KubernetesCluster> {
  const none = { id: 'kubernetes', kind: 'kubernetes', name: 'Kubernetes' } as const;
  const parsed = readSetting(config, root, methods);
  if ('problem' in parsed) {
    return { parts: [], problems: [{ source: none, message: parsed.problem }] };
  }
  const list: PartList<KubernetesCluster> = { parts: [], problems: [] };
  parsed.value.forEach(({ type, clusters = [] }, methodIndex) => {
    const key = `${root}[${methodIndex}]`;
    if (type === 'localKubectlProxy') list.parts.push(localProxy);
    else if (type !== 'config') {
      const id = `kubernetes:${type}[${methodIndex}]`;
      const source = { id, kind: 'kubernetes', name: type } as const;
      const message = `${key} finds its clusters by "${type}", which is not read here; name them under type "config" with url and serviceAccountToken`;
      list.problems.push({ source, message });
    } else {
      clusters.forEach((value, index) =>
        addCluster(list, value, {
          key: `${key}.clusters[${index}]`,
          fallbackName: String(index),
          pod,
        }),
      );
    }
  });
  if (list.parts.length + list.problems.length === 0) {
    const message = `${root}: no cluster is configured; add one of type "config" with name, url and serviceAccountToken`;
    list.problems.push({ source: none, message });
  }
  return list;
}

function addCluster(
  list: PartList<KubernetesCluster>,
  value: unknown,
  { key, fallbackName, pod }: { key: string; fallbackName: string; pod: PodIdentity },
): void {
  const name = nameOf(value, fallbackName);
  const parsed = parseSetting(key, value, clusterSchema);
  const cluster: ClusterSetting = 'value' in parsed ? parsed.value : {};
  const wrong = 'problem' in parsed ? parsed.problem : problemOf(cluster, list.parts, key);
  const identity = wrong ? { problem: wrong } : identityOf(cluster, key, pod);
  if ('problem' in identity) {
    const source = { id: `kubernetes:${name}`, kind: 'kubernetes', name } as const;
    list.problems.push({ source, message: identity.problem });
    return;
  }
  const ca = cluster.caData ? Buffer.from(cluster.caData, 'base64').toString('utf8') : identity.ca;
  list.parts.push({
    name,
    url: (identity.url ?? cluster.url!).replace(/\/+$/, ''),
    ...(identity.token ? { token: identity.token } : {}),
    ...(identity.tokenFile ? { tokenFile: identity.tokenFile } : {}),
    ...(ca ? { ca } : {}),
    skipTlsVerify: cluster.skipTLSVerify ?? false,
  });
}

function problemOf(
  cluster: ClusterSetting,
  others: KubernetesCluster[],
  key: string,
): string | undefined {
  if (!cluster.name)
    return `${key}.name is missing; give the cluster the name of its Argo CD destination`;
  if (others.some(({ name }) => name === cluster.name)) {
    return `${key}.name "${cluster.name}" is used twice; names must differ`;
  }
  const wrong = urlProblem(cluster.url);
  return wrong && `${key}.url ${wrong}`;
}
