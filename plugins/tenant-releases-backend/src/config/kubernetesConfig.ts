import type { Config } from '@backstage/config';
import { z } from 'zod';
import { urlProblem, type PartList } from './PartProblem';
import { nameOf, parseSetting, readSetting } from './parseSetting';

/** A Kubernetes cluster. */
export interface KubernetesCluster {
  name: string;
  url: string;
  token: string;
  /** PEM; undefined for the system's authorities. */
  ca?: string;
  skipTlsVerify: boolean;
}

const root = 'kubernetes.clusterLocatorMethods';

/** The block of plugin-kubernetes: https://backstage.io/docs/features/kubernetes/configuration */
const methods = z
  .array(z.looseObject({ type: z.string(), clusters: z.array(z.unknown()).optional() }))
  .default([]);

const clusterSchema = z.looseObject({
  name: z.string().optional(),
  url: z.string().optional(),
  serviceAccountToken: z.string().optional(),
  skipTLSVerify: z.boolean().optional(),
  caData: z.string().optional(),
});

/** Reads the clusters of locator type `config`; those that cannot be used are reported, each with the key and the cure. */
export function readKubernetesConfig(config: Config): PartList<KubernetesCluster> {
  const none = { id: 'kubernetes', kind: 'kubernetes', name: 'Kubernetes' } as const;
  const parsed = readSetting(config, root, methods);
  if ('problem' in parsed) {
    return { parts: [], problems: [{ source: none, message: parsed.problem }] };
  }
  const list: PartList<KubernetesCluster> = { parts: [], problems: [] };
  parsed.value.forEach((method, methodIndex) => {
    if (method.type !== 'config') return;
    (method.clusters ?? []).forEach((value, index) =>
      addCluster(list, value, {
        key: `${root}[${methodIndex}].clusters[${index}]`,
        fallbackName: String(index),
      }),
    );
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
  { key, fallbackName }: { key: string; fallbackName: string },
): void {
  const name = nameOf(value, fallbackName);
  const parsed = parseSetting(key, value, clusterSchema);
  const cluster: z.infer<typeof clusterSchema> = 'value' in parsed ? parsed.value : {};
  const wrong = 'problem' in parsed ? parsed.problem : problemOf(cluster, list.parts, key);
  if (wrong) {
    const source = { id: `kubernetes:${name}`, kind: 'kubernetes', name } as const;
    list.problems.push({ source, message: wrong });
    return;
  }
  list.parts.push({
    name,
    url: cluster.url!.replace(/\/+$/, ''),
    token: cluster.serviceAccountToken!,
    ...(cluster.caData ? { ca: Buffer.from(cluster.caData, 'base64').toString('utf8') } : {}),
    skipTlsVerify: cluster.skipTLSVerify ?? false,
  });
}

function problemOf(
  cluster: z.infer<typeof clusterSchema>,
  others: KubernetesCluster[],
  key: string,
): string | undefined {
  if (!cluster.name)
    return `${key}.name is missing; give the cluster the name of its Argo CD destination`;
  if (others.some(({ name }) => name === cluster.name)) {
    return `${key}.name "${cluster.name}" is used twice; names must differ`;
  }
  const wrong = urlProblem(cluster.url);
  if (wrong) return `${key}.url ${wrong}`;
  if (!cluster.serviceAccountToken) {
    return `${key}.serviceAccountToken is missing; set it to the token of a service account that may list and watch pods`;
  }
  return undefined;
}
