import type { Config } from '@backstage/config';
import { z } from 'zod';
import { urlProblem, type PartList } from './PartProblem';

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
const schema = z.array(
  z.looseObject({
    type: z.string(),
    clusters: z
      .array(
        z.looseObject({
          name: z.string().optional(),
          url: z.string().optional(),
          serviceAccountToken: z.string().optional(),
          skipTLSVerify: z.boolean().optional(),
          caData: z.string().optional(),
        }),
      )
      .optional(),
  }),
);

/** Reads the clusters of locator type `config`; those that cannot be used are reported, each with the key and the cure. */
export function readKubernetesConfig(config: Config): PartList<KubernetesCluster> {
  const none = { id: 'kubernetes', kind: 'kubernetes', name: 'Kubernetes' } as const;
  const parsed = schema.safeParse(config.getOptional(root) ?? []);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const message = `${root}.${issue.path.join('.')}: ${
      issue.message
    }; see the README's configuration`;
    return { parts: [], problems: [{ source: none, message }] };
  }
  const list: PartList<KubernetesCluster> = { parts: [], problems: [] };
  parsed.data.forEach((method, methodIndex) => {
    if (method.type !== 'config') return;
    (method.clusters ?? []).forEach((cluster, index) => {
      const key = `${root}[${methodIndex}].clusters[${index}]`;
      const name = cluster.name ?? String(index);
      const wrong = problemOf(cluster, list.parts, key);
      if (wrong) {
        const source = { id: `kubernetes:${name}`, kind: 'kubernetes', name } as const;
        list.problems.push({ source, message: wrong });
      } else {
        list.parts.push({
          name,
          url: cluster.url!.replace(/\/+$/, ''),
          token: cluster.serviceAccountToken!,
          ...(cluster.caData ? { ca: Buffer.from(cluster.caData, 'base64').toString('utf8') } : {}),
          skipTlsVerify: cluster.skipTLSVerify ?? false,
        });
      }
    });
  });
  if (list.parts.length + list.problems.length === 0) {
    const message = `${root}: no cluster is configured; add one of type "config" with name, url and serviceAccountToken`;
    list.problems.push({ source: none, message });
  }
  return list;
}

function problemOf(
  cluster: { name?: string; url?: string; serviceAccountToken?: string },
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
