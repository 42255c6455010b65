import { labelValue, type Labels } from '../pipeline/labelSet';

/** Labels that name a service, the best first: `discover_service_name` of Loki's default limits. */
const serviceLabels = [
  'service',
  'app',
  'application',
  'app_name',
  'name',
  'app_kubernetes_io_name',
  'container',
  'container_name',
  'k8s_container_name',
  'component',
  'workload',
  'job',
  'k8s_job_name',
];

/** The labels with `service_name`, which Loki adds to each stream that has none. */
export function withServiceName(labels: Labels): Labels {
  if (labelValue(labels, 'service_name') !== undefined) return labels;
  const source = serviceLabels.find(each => labelValue(labels, each) !== undefined);
  return { ...labels, service_name: source ? labels[source] : 'unknown_service' };
}
