import { stringify } from 'yaml';

/** Where Prometheus finds what it scrapes and evaluates. URLs are base URLs without a path. */
export interface PrometheusSources {
  clusterUrl: string;
  argocdUrl: string;
  portalUrl: string;
  /** Prometheus' own. */
  ownUrl: string;
  /** Files with rules, absolute; may hold `*`. */
  rules: string;
}

/**
 * Prometheus' configuration: it scrapes the pods that the cluster names, with the labels that it gives them, and what
 * stands for kube-state-metrics, the kubelet and Argo CD's controller, under the job names and with the rules of
 * gitops/platform/prometheus. Nobody is alerted.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function prometheusConfiguration(sources: PrometheusSources): string {
  const target = (job: string, url: string, path: string) => ({
    job_name: job,
    honor_labels: true,
    metrics_path: path,
    static_configs: [{ targets: [new URL(url).host] }],
  });
  return stringify({
    global: {
      // A pod that has just started is on the charts after two of these.
      scrape_interval: '5s',
      scrape_timeout: '2s',
      evaluation_interval: '15s',
      external_labels: { cluster: 'in-cluster', portal_url: sources.portalUrl },
    },
    rule_files: [sources.rules],
    scrape_configs: [
      {
        job_name: 'pods',
        honor_labels: true,
        http_sd_configs: [
          { url: `${sources.clusterUrl}/prometheus/targets`, refresh_interval: '1s' },
        ],
      },
      target('kube-state-metrics', sources.clusterUrl, '/kube-state-metrics/metrics'),
      target('kubelet-cadvisor', sources.clusterUrl, '/metrics/cadvisor'),
      target('argocd', sources.argocdUrl, '/metrics'),
      // Itself: how its rules do.
      { ...target('prometheus', sources.ownUrl, '/metrics'), scrape_interval: '15s' },
    ],
  });
}

/** Prometheus' command line. Its HTTP API can neither reload nor end it. */
export function prometheusArguments(options: {
  configurationFile: string;
  dataDir: string;
  port: number;
}): string[] {
  return [
    `--config.file=${options.configurationFile}`,
    dataDirArgument(options.dataDir),
    '--storage.tsdb.retention.time=7d',
    '--storage.tsdb.retention.size=512MB',
    `--web.listen-address=127.0.0.1:${options.port}`,
    '--log.level=warn',
  ];
}

/** The argument that no other process has: by it one that was left behind is recognised. */
export function dataDirArgument(dataDir: string): string {
  return `--storage.tsdb.path=${dataDir}`;
}
