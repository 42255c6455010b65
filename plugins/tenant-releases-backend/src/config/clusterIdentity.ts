import { readFileSync } from 'node:fs';
import path from 'node:path';

/** How the portal proves to a cluster who it is, and where it asks if not at the configured address. */
export interface ClusterIdentity {
  token?: string;
  tokenFile?: string;
  /** PEM. */
  ca?: string;
  url?: string;
}

/** The settings of a cluster that say who asks; names as in the Kubernetes plugin. */
export interface IdentitySettings {
  serviceAccountToken?: string;
  authProvider?: string;
  authMetadata?: Record<string, string>;
  caFile?: string;
}

/** https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
const mountedAt = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The service account that Kubernetes mounts into the pod that this runs in. */
export class PodIdentity {
  readonly #folder: string;
  readonly #environment: Record<string, string | undefined>;

  constructor(folder = mountedAt, environment: Record<string, string | undefined> = process.env) {
    this.#folder = folder;
    this.#environment = environment;
  }

  /** `undefined` when there is none. */
  read(): ClusterIdentity | undefined {
    const tokenFile = path.join(this.#folder, 'token');
    if (readText(tokenFile) === undefined) return undefined;
    const ca = readText(path.join(this.#folder, 'ca.crt'));
    const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } =
      this.#environment;
    const name = host?.includes(':') ? `[${host}]` : host;
    return {
      tokenFile,
      ...(ca ? { ca } : {}),
      ...(name ? { url: `https://${name}:${port}` } : {}),
    };
  }
}

/** Providers of the Kubernetes plugin that need the person who looks; the portal asks while nobody does. */
const ofPeople = ['aks', 'google', 'oidc'];

/**
 * Who the portal is for a cluster.
 *
 * @param key - of the cluster, for the message
 */
export function identityOf(
  cluster: IdentitySettings,
  key: string,
  pod: PodIdentity,
): ClusterIdentity | { problem: string } {
  const ca = cluster.caFile ? readText(cluster.caFile) : undefined;
  if (cluster.caFile && ca === undefined) {
    return {
      problem: `${key}.caFile cannot be read; set it to the file of the cluster's authority`,
    };
  }
  const given = ca ? { ca } : {};
  const token = cluster.serviceAccountToken || cluster.authMetadata?.serviceAccountToken;
  if (token) return { token, ...given };
  const provider =
    cluster.authMetadata?.['kubernetes.io/auth-provider'] ?? cluster.authProvider ?? '';
  const cure = 'set it to the token of a service account that may list and watch pods';
  switch (provider) {
    case '':
      return { problem: `${key}.serviceAccountToken is missing; ${cure}` };
    case 'localKubectlProxy':
      return given;
    case 'serviceAccount': {
      const own = pod.read();
      // A token goes to the server that made it, as in the Kubernetes plugin, whatever the address says.
      return own
        ? { ...own, ...given }
        : {
            problem: `${key}.serviceAccountToken is missing, and the portal does not run in a pod with a service account; ${cure}`,
          };
    }
    default: {
      const why = ofPeople.includes(provider)
        ? 'signs in the person who looks, and the portal watches while nobody does'
        : 'is not supported here';
      return {
        problem: `${key}.authProvider "${provider}" ${why}: add serviceAccountToken and ${cure}`,
      };
    }
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
