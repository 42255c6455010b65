import path from 'node:path';
import type { ForgeLimits } from './forge/limits';

/** The servers of the embedded platform, by the names that people use for them. */
export const serverNames = [
  'forge',
  'argocd',
  'kubernetes',
  'prometheus',
  'loki',
  'grafana',
  'oidc',
] as const;

/** One of {@link serverNames}. */
export type ServerName = (typeof serverNames)[number];

/** Everything a server of the embedded platform needs to know to start. */
export interface SandboxSettings {
  /** Root of the checkout: its gitops/, charts/ and services/ are what the platform delivers. Absolute. */
  repositoryRoot: string;
  /** Where state lives between runs. Absolute. */
  stateDir: string;
  /** Loopback TCP ports; 0 lets the system choose (tests). `cluster` is internal: what the kubernetes server fronts. */
  ports: Record<ServerName | 'cluster' | 'portal', number>;
  /** Absolute paths of the programs that the platform calls; undefined where the machine has none. */
  tools: { helm?: string; kubectl?: string; git: string; prometheus?: string; promtool?: string };
  /** Bearer tokens that the servers accept. They open nothing but loopback servers. */
  tokens: {
    /** The portal's token for the forge's API. */
    forge: string;
    /** The portal's token for Argo CD: may read applications, nothing else. */
    argocd: string;
    /** Argo CD's administrator. */
    argocdAdmin: string;
    /** The portal's service account in Kubernetes: may read, nothing else. */
    kubernetes: string;
    /** Argo CD's and the command line's: cluster administrator. */
    kubernetesAdmin: string;
    /** The portal's client secret at the OpenID provider. */
    oidcClient: string;
  };
  /** Limits of the forge's API that are not GitHub's, for tests. */
  forgeLimits?: Partial<ForgeLimits>;
  /** Signs the forge's push webhooks (HMAC-SHA256, header X-Hub-Signature-256). */
  webhookSecret: string;
  /**
   * Name of the repository of `examples/` that the platform delivers in place of `gitops/`. Its Applications are applied as they
   * stand, and each image can be pulled.
   */
  example?: string;
}

/** A server that runs in this process. */
export interface RunningServer {
  /** Base URL, for example http://localhost:7101. */
  url: string;
  /** Stops listening, ends open connections and lets go of what the server holds. */
  close(): Promise<void>;
}

/** How every server of the embedded platform is started. */
export type StartServer = (settings: SandboxSettings) => Promise<RunningServer>;

const offsets: Record<ServerName | 'cluster', number> = {
  forge: 1,
  argocd: 2,
  kubernetes: 3,
  prometheus: 4,
  loki: 5,
  grafana: 6,
  oidc: 8,
  cluster: 9,
};

/** The settings of a checkout; ports follow from `portBase` (default 7100). */
export function sandboxSettings(options: {
  repositoryRoot: string;
  stateDir?: string;
  portBase?: number;
  portalPort?: number;
  tools: SandboxSettings['tools'];
}): SandboxSettings {
  const base = options.portBase ?? 7100;
  const ports = Object.fromEntries(
    Object.entries(offsets).map(([name, offset]) => [name, base + offset]),
  ) as Record<ServerName | 'cluster', number>;
  return {
    repositoryRoot: options.repositoryRoot,
    stateDir: options.stateDir ?? path.join(options.repositoryRoot, '.sandbox'),
    ports: { ...ports, portal: options.portalPort ?? 7007 },
    tools: options.tools,
    tokens: {
      forge: 'sandbox-forge-token',
      argocd: 'sandbox-argocd-token',
      argocdAdmin: 'sandbox-argocd-admin-token',
      kubernetes: 'sandbox-kubernetes-token',
      kubernetesAdmin: 'sandbox-kubernetes-admin-token',
      oidcClient: 'sandbox-oidc-secret',
    },
    webhookSecret: 'sandbox-webhook-secret',
  };
}

/** The URL at which a server can be reached. Always loopback. */
export function serverUrl(
  settings: Pick<SandboxSettings, 'ports'>,
  name: keyof SandboxSettings['ports'],
): string {
  return `http://localhost:${settings.ports[name]}`;
}
