/** The portal's configuration for a local cluster. */

/** Loopback ports to which a person forwards the telemetry's Services, by server. */
export const telemetryPorts = { prometheus: 9090, loki: 3100, grafana: 3000 };

/**
 * The overlay's text. Keys that are left out keep the value of the files before it.
 * @param parts - `argocd` `{ url, token }`, `kubernetes` `{ url, token, caData }`, and `repository`, a URL, when the portal can
 *   read it (a bare repository on this machine has no API)
 */
export function overlayText({ argocd, kubernetes, repository }) {
  return `# Written by scripts/k3d-up, which writes it anew. It holds credentials: Git ignores it; do not pass it on.
# For npm start -- --config <this file>.
${repository ? repositoryBlock(repository) : 'tenantReleases:'}
  telemetry:
    - cluster: '*'
      prometheus:
        url: http://localhost:${telemetryPorts.prometheus}
        scrapeSeconds: 15 # of gitops/platform/prometheus/prometheus.yaml
      loki:
        url: http://localhost:${telemetryPorts.loki}
        orgId: '{tenant}'
  grafana:
    url: http://localhost:${telemetryPorts.grafana}
    dashboard: tenant-release

argocd:
  appLocatorMethods:
    - type: config
      instances:
        - name: main
          url: ${argocd.url}
          frontendUrl: ${argocd.url}
          token: ${quoted(argocd.token)} # argocd

kubernetes:
  serviceLocatorMethod:
    type: multiTenant
  # What the account may read, see scripts/k3d/manifests/portal.
  objectTypes:
    - pods
    - services
    - deployments
    - replicasets
    - horizontalpodautoscalers
    - ingresses
    - limitranges
    - resourcequotas
  clusterLocatorMethods:
    - type: config
      clusters:
        - name: in-cluster
          title: k3d
          url: ${kubernetes.url}
          authProvider: serviceAccount
          serviceAccountToken: ${quoted(kubernetes.token)}
          caData: ${kubernetes.caData}
          skipMetricsLookup: false
`;
}

function repositoryBlock(repository) {
  const { host } = new URL(repository);
  return `integrations:
  github:
    - host: ${host}
      token: \${GITHUB_TOKEN}

tenantReleases:
  gitops:
    repository: ${quoted(repository.replace(/\.git$/, ''))}`;
}

/** A string of YAML; `${` would name a variable. */
function quoted(text) {
  return `'${text.replaceAll("'", "''").replaceAll('${', () => '$${')}'`;
}
