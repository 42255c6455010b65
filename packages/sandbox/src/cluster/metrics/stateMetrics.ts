import type { Metric } from '../../prometheus/exposition';
import { kinds, resourceOfKind } from '../model/resources';
import { ObjectStore } from '../store/ObjectStore';
import { autoscalerMetrics } from './autoscalerMetrics';
import { deploymentMetrics } from './deploymentMetrics';
import { namespaceMetrics } from './namespaceMetrics';
import { podMetricFamilies } from './podMetricFamilies';
import { quotaMetrics } from './quotaMetrics';

/** What kube-state-metrics says about the objects of the store, as far as the platform's rules and dashboards read it. */
export function stateMetrics(store: ObjectStore): Metric[] {
  const ofKind = (apiVersion: string, kind: string) => {
    const resource = resourceOfKind(apiVersion, kind);
    return resource ? store.list(resource) : [];
  };
  const pods = store.list(kinds.pod);
  return [
    ...namespaceMetrics(store.list(kinds.namespace)),
    ...deploymentMetrics(store.list(kinds.deployment)),
    ...podMetricFamilies(pods),
    ...quotaMetrics(ofKind('v1', 'ResourceQuota'), pods),
    ...autoscalerMetrics(ofKind('autoscaling/v2', 'HorizontalPodAutoscaler')),
  ];
}
