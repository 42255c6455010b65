import type { Metric, MetricSample } from '../../prometheus/exposition';
import { KubernetesObject } from '../model/objects';
import { Deployment } from '../model/workloads';

const statuses = ['true', 'false', 'unknown'];

function conditions({ status }: Deployment, labels: Record<string, string>): MetricSample[] {
  return (status?.conditions ?? []).flatMap(condition =>
    statuses.map(each => ({
      labels: {
        ...labels,
        reason: condition.reason ?? '',
        condition: condition.type,
        status: each,
      },
      value: condition.status.toLowerCase() === each ? 1 : 0,
    })),
  );
}

/** https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/deployment-metrics.md */
export function deploymentMetrics(objects: KubernetesObject[]): Metric[] {
  const deployments = objects as Deployment[];
  const metric = (
    name: string,
    help: string,
    samples: (deployment: Deployment, labels: Record<string, string>) => MetricSample[],
  ): Metric => ({
    name,
    type: 'gauge',
    help,
    samples: deployments.flatMap(deployment => {
      const { namespace = '', name: own } = deployment.metadata;
      return samples(deployment, { namespace, deployment: own });
    }),
  });
  return [
    metric('kube_deployment_spec_replicas', 'Number of desired pods.', ({ spec }, labels) => [
      { labels, value: spec.replicas },
    ]),
    metric(
      'kube_deployment_status_replicas_available',
      'The number of available replicas.',
      ({ status }, labels) => [{ labels, value: status?.availableReplicas ?? 0 }],
    ),
    metric('kube_deployment_status_condition', 'The current status conditions.', conditions),
  ];
}
