import { stringify } from 'yaml';

/**
 * Prometheus' configuration: it scrapes the pods that the cluster names, with the labels that it
 * gives them.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function prometheusConfiguration(options: { targetsUrl: string }): string {
  return stringify({
    global: { scrape_interval: '2s', scrape_timeout: '2s', evaluation_interval: '15s' },
    scrape_configs: [
      {
        job_name: 'pods',
        honor_labels: true,
        http_sd_configs: [{ url: options.targetsUrl, refresh_interval: '1s' }],
      },
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
