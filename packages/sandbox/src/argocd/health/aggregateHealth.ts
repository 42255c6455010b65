import { Health, HealthCode, healthCodes } from '../application';
import { KubernetesObject } from '../kubernetes/types';
import { hasHealth, resourceHealth } from './resourceHealth';

const ignoreAnnotation = 'argocd.argoproj.io/ignore-healthcheck';

/** One resource of an application, as far as health needs it. */
export interface AssessedResource {
  group: string;
  kind: string;
  live?: KubernetesObject;
}

/** Whether `next` is worse than `current`. */
export function isWorse(current: HealthCode, next: HealthCode): boolean {
  return healthCodes.indexOf(next) > healthCodes.indexOf(current);
}

/** The health of each resource (in order), and the worst of them, which is the application's. */
export function aggregateHealth(resources: AssessedResource[]): {
  status: HealthCode;
  resources: Array<Health | undefined>;
} {
  let status: HealthCode = 'Healthy';
  const assessed = resources.map(resource => {
    const { live } = resource;
    if (live?.metadata.annotations?.[ignoreAnnotation] === 'true') return undefined;
    const health: Health | undefined = live ? resourceHealth(live) : { status: 'Missing' };
    if (!health) return undefined;
    // What is missing is already told by OutOfSync, unless its absence says that nothing runs.
    const counts = live || hasHealth(resource.group, resource.kind);
    if (counts && isWorse(status, health.status)) status = health.status;
    return health;
  });
  return { status, resources: assessed };
}
