/** The Content-Type of {@link exposition}. */
export const expositionType = 'text/plain; version=0.0.4; charset=utf-8';

/** One time series at this moment. */
export interface MetricSample {
  labels: Record<string, string>;
  value: number;
}

/** All samples of one name. */
export interface Metric {
  name: string;
  type: 'gauge' | 'counter';
  help: string;
  samples: MetricSample[];
}

/**
 * Metrics as Prometheus reads them; those without samples are left out.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function exposition(metrics: Metric[]): string {
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .flatMap(({ name, type, help, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(({ labels, value }) => `${name}{${labelPairs(labels)}} ${value}`),
    ])
    .map(line => `${line}\n`)
    .join('');
}

/** A name from Kubernetes as a label name, as kube-state-metrics makes it: `a.io/b-c` is `a_io_b_c`. */
export function labelName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, '_');
}

function labelPairs(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escape(value)}"`)
    .join(',');
}

function escape(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
