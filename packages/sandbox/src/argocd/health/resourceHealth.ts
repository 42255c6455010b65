import { Health } from '../application';
import { arrayAt, stringAt } from '../json/json';
import { groupVersion, KubernetesObject } from '../kubernetes/types';
import { podHealth } from './podHealth';
import { cronJobHealth, rolloutHealth } from './scriptedHealth';
import { deploymentHealth, jobHealth, replicaSetHealth } from './workloadHealth';

type Assess = (object: KubernetesObject) => Health;

// An Application has no assessment: Argo CD dropped it in 1.8, so that one tenant's trouble does not colour the root.
const assessments: Record<string, Assess> = {
  '/Pod': podHealth,
  '/Service': serviceHealth,
  '/PersistentVolumeClaim': claimHealth,
  'apps/Deployment': deploymentHealth,
  'apps/ReplicaSet': replicaSetHealth,
  'argoproj.io/Rollout': rolloutHealth,
  'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
  'batch/CronJob': cronJobHealth,
  'batch/Job': jobHealth,
  'networking.k8s.io/Ingress': addressHealth,
};

/** Whether Argo CD can tell the health of this kind. */
export function hasHealth(group: string, kind: string): boolean {
  return `${group}/${kind}` in assessments;
}

/** The health of a live object; undefined for kinds that have none. */
export function resourceHealth(object: KubernetesObject): Health | undefined {
  if (object.metadata.deletionTimestamp) {
    return { status: 'Progressing', message: 'Pending deletion' };
  }
  const [group] = groupVersion(object.apiVersion);
  const health = assessments[`${group}/${object.kind}`]?.(object);
  return health && (health.message ? health : { status: health.status });
}

function addressHealth(object: KubernetesObject): Health {
  const addresses = arrayAt(object, 'status', 'loadBalancer', 'ingress');
  return { status: addresses.length > 0 ? 'Healthy' : 'Progressing' };
}

function serviceHealth(service: KubernetesObject): Health {
  return stringAt(service, 'spec', 'type') === 'LoadBalancer'
    ? addressHealth(service)
    : { status: 'Healthy' };
}

function claimHealth(claim: KubernetesObject): Health {
  switch (stringAt(claim, 'status', 'phase')) {
    case 'Bound':
      return { status: 'Healthy' };
    case 'Pending':
      return { status: 'Progressing' };
    case 'Lost':
      return { status: 'Degraded' };
    default:
      return { status: 'Unknown' };
  }
}

const failedScaling = new Set([
  'AbleToScale/FailedGetScale',
  'AbleToScale/FailedUpdateScale',
  'ScalingActive/FailedGetResourceMetric',
  'ScalingActive/FailedGetObjectMetric',
  'ScalingActive/FailedGetPodsMetric',
  'ScalingActive/FailedGetExternalMetric',
  'ScalingActive/FailedComputeMetricsReplicas',
  'ScalingActive/InvalidSelector',
]);

/** The first condition that says something decides, as in Argo CD: an autoscaler that can scale but lacks metrics is Healthy. */
function autoscalerHealth(autoscaler: KubernetesObject): Health {
  for (const condition of arrayAt(autoscaler, 'status', 'conditions')) {
    const type = stringAt(condition, 'type');
    const message = stringAt(condition, 'message');
    if (failedScaling.has(`${type}/${stringAt(condition, 'reason')}`)) {
      return { status: 'Degraded', message };
    }
    const scales = type === 'AbleToScale' || type === 'ScalingLimited';
    if (scales && stringAt(condition, 'status') === 'True') return { status: 'Healthy', message };
  }
  return { status: 'Progressing', message: 'Waiting to Autoscale' };
}
