import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  judgeLimits,
  judgeNetworkPolicies,
  judgePodSecurity,
  judgeQuotas,
  judgeRefusal,
  judgeRoles,
} from './fence.mjs';

const policy = spec => ({ spec: { podSelector: {}, ...spec } });
const role = rule => ({ items: [{ rules: [{ resources: ['pods'], verbs: ['get'], ...rule }] }] });
const quota = status => ({ items: [{ metadata: { name: 'tenant' }, status }] });
const namespace = labels => ({ metadata: { name: 'tenant-a', labels } });

/** Rows of: what, verdict, its result, and what its detail says. */
const rows = [
  [
    'restricted is enforced',
    judgePodSecurity(namespace({ 'pod-security.kubernetes.io/enforce': 'restricted' })),
    'pass',
    /restricted/,
  ],
  [
    'baseline is enforced',
    judgePodSecurity(namespace({ 'pod-security.kubernetes.io/enforce': 'baseline' })),
    'fail',
    /baseline/,
  ],
  ['nothing is enforced', judgePodSecurity(namespace(undefined)), 'fail', /nothing/],
  [
    'both ways denied',
    judgeNetworkPolicies({
      items: [
        policy({ policyTypes: ['Ingress', 'Egress'] }),
        policy({ policyTypes: ['Ingress'], ingress: [{ from: [] }] }),
      ],
    }),
    'pass',
    /^2 NetworkPolicies/,
  ],
  [
    'only ingress denied',
    judgeNetworkPolicies({ items: [policy({ policyTypes: ['Ingress'] })] }),
    'fail',
    /denies egress/,
  ],
  [
    'denied for some pods only',
    judgeNetworkPolicies({
      items: [
        { spec: { podSelector: { matchLabels: { a: 'b' } }, policyTypes: ['Ingress', 'Egress'] } },
      ],
    }),
    'fail',
    /denies ingress and egress/,
  ],
  ['no quota', judgeQuotas({ items: [] }), 'fail', /no ResourceQuota/],
  ['a quota that is not counted', judgeQuotas(quota({})), 'fail', /not counted/],
  ['the same on the embedded platform', judgeQuotas(quota({}), true), 'not here', /not count/],
  [
    'a counted quota',
    judgeQuotas(quota({ hard: { pods: '10' }, used: { pods: '2' } })),
    'pass',
    /pods 2 of 10/,
  ],
  ['no limits', judgeLimits({ items: [] }), 'fail', /no LimitRange/],
  ['limits', judgeLimits({ items: [{ metadata: { name: 'tenant' } }] }), 'pass', /tenant/],
  ['no Role', judgeRoles({ items: [] }), 'fail', /no Role/],
  ['a Role that reads', judgeRoles(role({})), 'pass', /only read/],
  ['a Role that writes', judgeRoles(role({ verbs: ['get', 'patch'] })), 'fail', /allows patch/],
  ['a Role that shows Secrets', judgeRoles(role({ resources: ['secrets'] })), 'fail', /Secrets/],
  ['a Role that shows all', judgeRoles(role({ resources: ['*'] })), 'fail', /everything/],
  ['accepted', judgeRefusal({ code: 0, stderr: '' }, 'a privileged pod'), 'fail', /is accepted/],
  [
    'refused by Pod Security',
    judgeRefusal(
      {
        code: 1,
        stderr:
          'Error from server (Forbidden): pods "verify" is forbidden: violates PodSecurity "restricted:latest"',
      },
      'a privileged pod',
    ),
    'pass',
    /is refused \(violates PodSecurity\)/,
  ],
  [
    'refused because the caller has no right to try',
    judgeRefusal(
      {
        code: 1,
        stderr:
          'Error from server (Forbidden): pods is forbidden: User "ada" cannot create resource "pods"',
      },
      'a privileged pod',
    ),
    'fail',
    /could not be tried: .*cannot create/,
  ],
  [
    'refused by a policy',
    judgeRefusal(
      {
        code: 1,
        stderr:
          "Error from server (Forbidden): ValidatingAdmissionPolicy 'images' with binding 'images' denied request: no",
      },
      'an image',
    ),
    'pass',
    /is refused \(images\)/,
  ],
  [
    'not tried, because the API server is away',
    judgeRefusal({ code: 1, stderr: 'The connection to the server was refused' }, 'an image'),
    'fail',
    /connection/,
  ],
];

describe('the fence', () => {
  for (const [what, verdict, result, detail] of rows) {
    it(`${what}: ${result}`, () => {
      assert.equal(verdict.result, result);
      assert.match(verdict.detail, detail);
    });
  }
});
