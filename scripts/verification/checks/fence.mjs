/** The fence round a tenant's namespace, and that it refuses. */
import { kubeCheck } from '../kubeCheck.mjs';
import { fail, notHere, pass } from '../verdict.mjs';

/** @returns the checks of one tenant */
export function fenceChecks(context, tenant) {
  const embedded = context.target.kind === 'embedded';
  const get = (id, what, judge) =>
    kubeCheck(context, { id, tenant, args: ['get', ...what.split(' '), '-n', tenant], judge });
  return [
    kubeCheck(context, {
      id: 'pod-security',
      tenant,
      args: ['get', 'namespace', tenant],
      judge: judgePodSecurity,
    }),
    get('network-policies', 'networkpolicies', judgeNetworkPolicies),
    get('quota', 'resourcequotas', list => judgeQuotas(list, embedded)),
    get('limits', 'limitranges', judgeLimits),
    get('roles', 'roles', judgeRoles),
    ...attempts.map(attempt => refusal(context, tenant, attempt)),
  ];
}

/** What a tenant must not get. Nothing is kept: the API server only says what it would do. */
const attempts = [
  {
    id: 'refuses-privileged-pod',
    what: 'a privileged pod',
    args: ['run', 'verify', '--image=ghcr.io/acme/demo-api:sha-0000000', '--privileged'],
  },
  {
    id: 'refuses-node-port',
    what: 'a NodePort Service',
    args: ['create', 'service', 'nodeport', 'verify', '--tcp=80'],
  },
  {
    id: 'refuses-foreign-image',
    what: 'an image from another registry',
    args: ['create', 'deployment', 'verify', '--image=docker.io/library/busybox:1.36.1'],
  },
];

function refusal({ kubectl, target }, tenant, { id, what, args }) {
  const all = [...args, '-n', tenant, '--dry-run=server'];
  return {
    id,
    tenant,
    command: `kubectl ${all.join(' ')}`,
    run: async () => {
      if (target.kind === 'embedded') return notHere('the embedded cluster refuses nothing');
      return judgeRefusal(await kubectl.run(all), what);
    },
  };
}

const refusals =
  /violates PodSecurity|exceeded quota|ValidatingAdmissionPolicy '([^']+)'.* denied request/;

/** The API server said no, and because of a rule; that the caller may not even try is no proof. */
export function judgeRefusal({ code, stderr }, what) {
  if (code === 0) return fail(`${what} is accepted`);
  const because = refusals.exec(stderr);
  if (!because) return fail(`${what} could not be tried: ${stderr.trim().split('\n')[0]}`);
  return pass(`${what} is refused (${because[1] ?? because[0]})`);
}

/** The namespace enforces the level "restricted". */
export function judgePodSecurity({ metadata }) {
  const level = metadata.labels?.['pod-security.kubernetes.io/enforce'];
  if (level !== 'restricted') return fail(`Pod Security enforces ${level ?? 'nothing'}`);
  return pass('Pod Security enforces restricted');
}

/** Everything is denied both ways by one policy; the others open what is needed. */
export function judgeNetworkPolicies({ items }) {
  const denies = direction =>
    items.some(
      ({ spec }) =>
        Object.keys(spec.podSelector ?? {}).length === 0 &&
        (spec.policyTypes ?? ['Ingress']).includes(direction) &&
        (spec[direction.toLowerCase()] ?? []).length === 0,
    );
  const open = ['Ingress', 'Egress'].filter(direction => !denies(direction));
  if (open.length > 0) return fail(`nothing denies ${open.join(' and ').toLowerCase()} by default`);
  return pass(`${items.length} NetworkPolicies, both ways denied by default`);
}

/** A quota is there and counted. */
export function judgeQuotas({ items }, embedded) {
  if (items.length === 0) return fail('there is no ResourceQuota');
  const uncounted = items.filter(({ status }) => Object.keys(status?.hard ?? {}).length === 0);
  if (uncounted.length > 0) {
    if (embedded) return notHere('the embedded cluster keeps the ResourceQuota and does not count');
    const { name } = uncounted[0].metadata;
    return fail(`ResourceQuota ${name} is not counted: no quota controller has seen it`);
  }
  const { hard, used = {} } = items[0].status;
  return pass(`pods ${used.pods ?? '?'} of ${hard.pods ?? 'any number'}`);
}

/** Containers that name no limits get some. */
export function judgeLimits({ items }) {
  if (items.length === 0) return fail('there is no LimitRange');
  return pass(`LimitRange ${items[0].metadata.name}`);
}

/** The tenant's people may look, at everything but Secrets. */
export function judgeRoles({ items }) {
  if (items.length === 0) return fail("there is no Role for the tenant's people");
  const rules = items.flatMap(item => item.rules ?? []);
  const verbs = rules.flatMap(rule => rule.verbs).filter(verb => !/^(get|list|watch)$/.test(verb));
  if (verbs.length > 0) return fail(`a Role allows ${[...new Set(verbs)].join(', ')}`);
  const kinds = rules.flatMap(rule => rule.resources ?? []);
  const secret = kinds.find(kind => kind === 'secrets' || kind === '*');
  if (secret) return fail(`a Role shows ${secret === '*' ? 'everything' : 'Secrets'}`);
  return pass('Roles in the namespace only read, and no Secrets');
}
