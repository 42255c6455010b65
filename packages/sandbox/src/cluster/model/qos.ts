import { Container } from './workloads';

const compute = ['cpu', 'memory'];

/**
 * The quality-of-service class of a pod.
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
 */
export function qosClass(containers: Container[]): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const isGuaranteed = containers.every(({ resources }) =>
    compute.every(name => {
      const limit = resources?.limits?.[name];
      return limit !== undefined && (resources?.requests?.[name] ?? limit) === limit;
    }),
  );
  if (isGuaranteed) {
    return 'Guaranteed';
  }
  const namesAny = containers.some(({ resources }) =>
    compute.some(name => resources?.limits?.[name] ?? resources?.requests?.[name]),
  );
  return namesAny ? 'Burstable' : 'BestEffort';
}
