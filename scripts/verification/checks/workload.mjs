/** A tenant's workload: pods, Service, autoscaler, disruption budget, tokens. */
import { condition, kubeCheck } from '../kubeCheck.mjs';
import { fail, notHere, pass, some } from '../verdict.mjs';

/** @returns the checks of one tenant */
export function workloadChecks(context, tenant) {
  const embedded = context.target.kind === 'embedded';
  const get = (id, what, judge) =>
    kubeCheck(context, { id, tenant, args: ['get', ...what.split(' '), '-n', tenant], judge });
  return [
    get('pods-ready', 'pods', judgePods),
    get('service', 'service demo-api', judgeService),
    get('images', 'pods', judgeImages),
    get('tokens', 'pods', judgeTokens),
    get(
      'token-secrets',
      'secrets --field-selector type=kubernetes.io/service-account-token',
      judgeTokenSecrets,
    ),
    get('autoscaler', 'horizontalpodautoscalers', judgeAutoscalers),
    get('disruption-budget', 'poddisruptionbudgets', list => judgeBudgets(list, embedded)),
  ];
}

const nameOf = object => object.metadata.name;
const isActive = pod => !['Succeeded', 'Failed'].includes(pod.status?.phase);

/** Every pod is Ready, and there is one. */
export function judgePods({ items }) {
  const pods = items.filter(isActive);
  if (pods.length === 0) return fail('there are no pods');
  const waiting = pods.filter(pod => condition(pod, 'Ready')?.status !== 'True');
  if (waiting.length > 0) return fail(`not Ready: ${some(waiting.map(whyWaiting))}`);
  return pass(`${pods.length} of ${pods.length} pods Ready`);
}

function whyWaiting(pod) {
  const reason = pod.status?.containerStatuses?.map(entry => entry.state?.waiting?.reason);
  return `${nameOf(pod)} (${reason?.find(Boolean) ?? pod.status?.phase ?? 'unknown'})`;
}

/** The Service demo-api has port 8000 and is reachable inside the cluster only. */
export function judgeService({ spec }) {
  if (spec.type !== 'ClusterIP') return fail(`the Service is a ${spec.type}, not a ClusterIP`);
  const ports = (spec.ports ?? []).map(({ port }) => port);
  if (!ports.includes(8000)) return fail(`the Service has port ${ports.join(', ')}, not 8000`);
  return pass('Service demo-api on port 8000, inside the cluster only');
}

/** Images have a digest or a tag that does not move. */
export function judgeImages({ items }) {
  const images = [
    ...new Set(
      items.flatMap(({ spec }) =>
        [...(spec.initContainers ?? []), ...spec.containers].map(({ image }) => image),
      ),
    ),
  ];
  const moving = images.filter(image => !image.includes('@') && !/:(?!latest$)[^:/]+$/.test(image));
  if (moving.length > 0) return fail(`a tag that moves, or none: ${some(moving)}`);
  return images.length > 0 ? pass(`images ${some(images, 2)}`) : fail('there are no pods');
}

/** No pod gets a token, and none uses the namespace's default account. */
export function judgeTokens({ items }) {
  const mounting = items.filter(
    ({ spec }) =>
      spec.automountServiceAccountToken !== false ||
      (spec.volumes ?? []).some(({ projected }) =>
        projected?.sources?.some(source => source.serviceAccountToken),
      ),
  );
  if (mounting.length > 0) return fail(`a token is mounted: ${some(mounting.map(nameOf))}`);
  const byDefault = items.filter(
    ({ spec }) => (spec.serviceAccountName ?? 'default') === 'default',
  );
  if (byDefault.length > 0) {
    return fail(`uses the default service account: ${some(byDefault.map(nameOf))}`);
  }
  return items.length > 0 ? pass('no pod has a service account token') : fail('there are no pods');
}

/** No token that never ends is kept in a Secret. */
export function judgeTokenSecrets({ items }) {
  if (items.length > 0) return fail(`tokens kept in Secrets: ${some(items.map(nameOf))}`);
  return pass('no service account token in a Secret');
}

/** An autoscaler, when there is one, has its metrics. */
export function judgeAutoscalers({ items }) {
  if (items.length === 0) return notHere('the tenant file has autoscaling off');
  const blind = items.filter(item => condition(item, 'ScalingActive')?.status !== 'True');
  if (blind.length > 0) {
    const reason = condition(blind[0], 'ScalingActive')?.reason ?? 'no metrics yet';
    return fail(`does not scale: ${some(blind.map(nameOf))} (${reason})`);
  }
  const { minReplicas = 1, maxReplicas } = items[0].spec;
  const { currentReplicas } = items[0].status;
  return pass(
    `${nameOf(items[0])} scales from ${minReplicas} to ${maxReplicas}, now ${currentReplicas}`,
  );
}

/** A budget, when there is one, is kept. */
export function judgeBudgets({ items }, embedded) {
  if (items.length === 0) return notHere('no PodDisruptionBudget; a single pod cannot have one');
  if (embedded && items.every(({ status }) => status?.desiredHealthy === undefined)) {
    return notHere('the embedded cluster keeps the PodDisruptionBudget and does not count');
  }
  const broken = items.filter(
    ({ status }) => (status?.currentHealthy ?? 0) < (status?.desiredHealthy ?? 1),
  );
  if (broken.length > 0) return fail(`too few healthy pods: ${some(broken.map(nameOf))}`);
  return pass(`${nameOf(items[0])} allows ${items[0].status.disruptionsAllowed} at a time`);
}
