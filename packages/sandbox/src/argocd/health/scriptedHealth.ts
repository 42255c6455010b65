import { Health, healthCodes } from '../application';
import { arrayAt, stringAt, valueAt } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';

// The rules and texts of these functions are those of Argo CD's Lua scripts, resource_customizations/.

/**
 * argoproj.io/v1alpha1 Rollout, as its controller reports it since Argo Rollouts 1.0: a phase and a message. Nothing here
 * plays that controller.
 */
export function rolloutHealth(rollout: KubernetesObject): Health {
  const observed = Number(stringAt(rollout, 'status', 'observedGeneration'));
  const generation = rollout.metadata.generation ?? 0;
  if (valueAt(rollout, 'status') === undefined || observed < generation) {
    return { status: 'Progressing', message: 'Waiting for rollout spec update to be observed' };
  }
  const phase = stringAt(rollout, 'status', 'phase');
  const message = stringAt(rollout, 'status', 'message');
  if (phase === 'Paused') return { status: 'Suspended', message };
  return { status: healthCodes.find(code => code === phase) ?? 'Unknown', message };
}

/** batch/v1 CronJob. A real API server gives each a status from the beginning, so that one without is nothing special. */
export function cronJobHealth(cronJob: KubernetesObject): Health {
  const healthy = (message: string): Health => ({ status: 'Healthy', message });
  if (valueAt(cronJob, 'spec', 'suspend') === true) return healthy('CronJob is Suspended');
  const scheduled = stringAt(cronJob, 'status', 'lastScheduleTime');
  const succeeded = stringAt(cronJob, 'status', 'lastSuccessfulTime');
  if (!scheduled) return healthy('CronJob has not been scheduled yet');
  if (!succeeded) return healthy('The Cronjob never completed succesfully. It may not be healthy');
  if (arrayAt(cronJob, 'status', 'active').length > 0) {
    return healthy('The job is running. Its last execution may not have been successful');
  }
  if (succeeded < scheduled) {
    return {
      status: 'Degraded',
      message: 'CronJob has not completed its last execution successfully',
    };
  }
  return healthy('CronJob has completed its last execution successfully');
}
