import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeAdmission, judgePlatformPods, judgePriorities } from './platform.mjs';

const policy = name => ({ kind: 'ValidatingAdmissionPolicy', metadata: { name } });
const binding = (policyName, ...validationActions) => ({
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: policyName },
  spec: { policyName, validationActions },
});
const classes = values => ({
  items: Object.entries(values).map(([name, value]) => ({ metadata: { name }, value })),
});
const pod = status => ({
  metadata: { name: 'loki-0' },
  status: { conditions: [{ type: 'Ready', status }] },
});

/** Rows of: what, verdict, its result, and what its detail says. */
const rows = [
  ['no policies', judgeAdmission({ items: [] }), 'fail', /no ValidatingAdmissionPolicy/],
  ['none on the embedded platform', judgeAdmission({ items: [] }, true), 'not here', /embedded/],
  [
    'a bound policy',
    judgeAdmission({ items: [policy('images'), binding('images', 'Deny', 'Audit')] }),
    'pass',
    /^1 admission/,
  ],
  [
    'a policy that only warns',
    judgeAdmission({ items: [policy('images'), binding('images', 'Warn')] }),
    'fail',
    /only warns: images/,
  ],
  ['a policy without binding', judgeAdmission({ items: [policy('images')] }), 'fail', /images/],
  [
    'classes in order',
    judgePriorities(classes({ 'platform-critical': 100000, 'tenant-workload': 1000 })),
    'pass',
    /1000.*100000/,
  ],
  [
    'tenants above the platform',
    judgePriorities(classes({ 'platform-critical': 1, 'tenant-workload': 1000 })),
    'fail',
    /not below/,
  ],
  ['no class', judgePriorities(classes({})), 'fail', /is not there/],
  ['Ready pods', judgePlatformPods({ items: [pod('True')] }), 'pass', /1 of 1/],
  ['a pod that waits', judgePlatformPods({ items: [pod('False')] }), 'fail', /loki-0/],
  ['no pods', judgePlatformPods({ items: [] }), 'not here', /elsewhere/],
];

describe('the platform', () => {
  for (const [what, verdict, result, detail] of rows) {
    it(`${what}: ${result}`, () => {
      assert.equal(verdict.result, result);
      assert.match(verdict.detail, detail);
    });
  }
});
