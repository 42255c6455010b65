import { stringify } from 'yaml';

/**
 * A kubeconfig for kubectl. The token stands in the server's URL because kubectl sends no credentials of its own over
 * plain HTTP.
 * @param url - base URL of the API
 */
export function kubeconfig(url: string, token: string): string {
  const server = new URL(url);
  server.username = 'kubernetes-admin';
  server.password = token;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'sandbox', cluster: { server: server.href.replace(/\/$/, '') } }],
    contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user: 'sandbox' } }],
    users: [{ name: 'sandbox', user: {} }],
    'current-context': 'sandbox',
  });
}
