/** What the platform adds to the cluster as a whole. */
import { kubeCheck } from '../kubeCheck.mjs';
import { fail, notHere, pass, some } from '../verdict.mjs';

const podMetrics = '/apis/metrics.k8s.io/v1beta1/pods';

/** @returns the checks of the cluster as a whole */
export function platformChecks(context) {
  const get = (id, what, judge) =>
    kubeCheck(context, { id, args: ['get', ...what.split(' ')], judge });
  const embedded = context.target.kind === 'embedded';
  const kinds = 'validatingadmissionpolicies,validatingadmissionpolicybindings';
  return [
    get('admission-policies', kinds, list => judgeAdmission(list, embedded)),
    get('priority-classes', 'priorityclasses', list => judgePriorities(list, embedded)),
    get('platform-pods', `pods -n ${context.target.observability}`, list =>
      judgePlatformPods(list, embedded),
    ),
    {
      id: 'metrics-api',
      command: `kubectl get --raw ${podMetrics}`,
      run: async () => {
        const { code } = await context.kubectl.run(['get', '--raw', podMetrics]);
        if (code !== 0) return notHere('no Metrics Server; an autoscaler needs one');
        return pass('the Metrics API answers');
      },
    },
  ];
}

/** Each policy is bound, and denies. */
export function judgeAdmission({ items }, embedded) {
  const policies = items.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
  if (policies.length === 0) {
    return embedded
      ? notHere('the embedded cluster has no admission policies')
      : fail('there is no ValidatingAdmissionPolicy');
  }
  const denying = new Set(
    items
      .filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding')
      .filter(({ spec }) => spec.validationActions.includes('Deny'))
      .map(({ spec }) => spec.policyName),
  );
  const loose = policies.filter(({ metadata }) => !denying.has(metadata.name));
  if (loose.length > 0) {
    return fail(`not bound, or only warns: ${some(loose.map(({ metadata }) => metadata.name))}`);
  }
  return pass(`${policies.length} admission policies, each bound and denying`);
}

/** Without these classes a pod that names them is not made. */
export function judgePriorities({ items }, embedded) {
  const values = Object.fromEntries(items.map(({ metadata, value }) => [metadata.name, value]));
  const [platform, tenant] = [values['platform-critical'], values['tenant-workload']];
  if (platform === undefined || tenant === undefined) {
    const absent = 'PriorityClass platform-critical or tenant-workload is not there';
    return embedded ? notHere(absent) : fail(absent);
  }
  if (tenant >= platform)
    return fail(`tenants (${tenant}) are not below the platform (${platform})`);
  return pass(`tenants (${tenant}) give way to the platform (${platform})`);
}

/** Prometheus, Loki and the others run. */
export function judgePlatformPods({ items }, embedded) {
  if (items.length === 0) {
    return embedded
      ? notHere('the embedded servers are no pods')
      : notHere('the telemetry runs elsewhere: there are no pods');
  }
  const waiting = items.filter(
    ({ status }) => !status.conditions?.some(c => c.type === 'Ready' && c.status === 'True'),
  );
  if (waiting.length > 0) {
    return fail(`not Ready: ${some(waiting.map(({ metadata }) => metadata.name))}`);
  }
  return pass(`${items.length} of ${items.length} pods Ready`);
}
