import { ServerName, StartServer } from '../settings';

/** Every process of the platform: the public servers, and the cluster that the kubernetes server fronts. */
export type ProcessName = ServerName | 'cluster';

/**
 * How each server is started. Loaded on demand: a process holds the code of one server only.
 */
export const servers: Record<ProcessName, () => Promise<StartServer>> = {
  forge: async () => (await import('../forge')).startForge,
  cluster: async () => (await import('../cluster')).startCluster,
  kubernetes: async () => (await import('../kubernetes')).startKubernetes,
  argocd: async () => (await import('../argocd')).startArgocd,
  loki: async () => (await import('../loki')).startLoki,
  prometheus: async () => (await import('../prometheus')).startPrometheus,
  grafana: async () => (await import('../grafana')).startGrafana,
  oidc: async () => (await import('../oidc')).startOidc,
};

/**
 * What must be ready before a server is started. Each of them also copes with the others being away; waiting only saves
 * failed attempts at the start.
 */
export const startsAfter: Record<ProcessName, ProcessName[]> = {
  forge: [],
  loki: [],
  grafana: [],
  oidc: [],
  cluster: ['loki'],
  kubernetes: ['cluster'],
  prometheus: ['cluster'],
  argocd: ['forge', 'kubernetes'],
};
