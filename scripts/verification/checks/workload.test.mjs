import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  judgeAutoscalers,
  judgeBudgets,
  judgeImages,
  judgePods,
  judgeService,
  judgeTokens,
  judgeTokenSecrets,
} from './workload.mjs';

const image = 'ghcr.io/acme/demo-api:sha-1a2b3c4';
function pod({ ready = 'True', phase = 'Running', spec = {}, waiting } = {}) {
  return {
    metadata: { name: 'demo-api-1' },
    spec: {
      serviceAccountName: 'demo-api',
      automountServiceAccountToken: false,
      containers: [{ image }],
      ...spec,
    },
    status: {
      phase,
      conditions: [{ type: 'Ready', status: ready }],
      containerStatuses: waiting ? [{ state: { waiting: { reason: waiting } } }] : [],
    },
  };
}
const container = name => ({ spec: { containers: [{ image: name }] } });
const named = (name, rest) => ({ metadata: { name }, ...rest });

/** Rows of: what, judge, its argument, the verdict's result, and what its detail says. */
const rows = [
  ['Ready pods', judgePods, [pod(), pod()], 'pass', /^2 of 2 pods Ready$/],
  ['no pods', judgePods, [], 'fail', /no pods/],
  ['only finished pods', judgePods, [pod({ phase: 'Succeeded' })], 'fail', /no pods/],
  [
    'a waiting pod',
    judgePods,
    [pod(), pod({ ready: 'False', waiting: 'ImagePullBackOff' })],
    'fail',
    /^not Ready: demo-api-1 \(ImagePullBackOff\)$/,
  ],
  ['an immutable tag', judgeImages, [pod()], 'pass', /sha-1a2b3c4/],
  [
    'a digest',
    judgeImages,
    [pod(container(`${image}@sha256:${'0'.repeat(64)}`))],
    'pass',
    /@sha256/,
  ],
  ['latest', judgeImages, [pod(container('ghcr.io/acme/demo-api:latest'))], 'fail', /:latest/],
  ['no tag', judgeImages, [pod(container('localhost:5000/demo-api'))], 'fail', /demo-api/],
  [
    'an init container without a tag',
    judgeImages,
    [pod({ spec: { initContainers: [{ image: 'busybox' }] } })],
    'fail',
    /busybox/,
  ],
  ['no token', judgeTokens, [pod()], 'pass', /no pod has/],
  [
    'a token',
    judgeTokens,
    [pod({ spec: { automountServiceAccountToken: undefined } })],
    'fail',
    /is mounted: demo-api-1/,
  ],
  [
    'a projected token',
    judgeTokens,
    [pod({ spec: { volumes: [{ projected: { sources: [{ serviceAccountToken: {} }] } }] } })],
    'fail',
    /is mounted/,
  ],
  [
    'the default account',
    judgeTokens,
    [pod({ spec: { serviceAccountName: 'default' } })],
    'fail',
    /default service account/,
  ],
  ['no token Secret', judgeTokenSecrets, [], 'pass', /no service account token/],
  ['a token Secret', judgeTokenSecrets, [named('robot')], 'fail', /robot/],
  ['no autoscaler', judgeAutoscalers, [], 'not here', /off/],
  [
    'an autoscaler with metrics',
    judgeAutoscalers,
    [
      named('demo-api', {
        spec: { minReplicas: 2, maxReplicas: 6 },
        status: { currentReplicas: 3, conditions: [{ type: 'ScalingActive', status: 'True' }] },
      }),
    ],
    'pass',
    /from 2 to 6, now 3/,
  ],
  [
    'an autoscaler without metrics',
    judgeAutoscalers,
    [
      named('demo-api', {
        spec: { maxReplicas: 6 },
        status: {
          conditions: [
            { type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric' },
          ],
        },
      }),
    ],
    'fail',
    /FailedGetResourceMetric/,
  ],
  ['no budget', judgeBudgets, [], 'not here', /no PodDisruptionBudget/],
  [
    'a budget that is kept',
    judgeBudgets,
    [
      named('demo-api', {
        status: { currentHealthy: 2, desiredHealthy: 1, disruptionsAllowed: 1 },
      }),
    ],
    'pass',
    /allows 1/,
  ],
  [
    'a budget that is broken',
    judgeBudgets,
    [named('demo-api', { status: { currentHealthy: 0, desiredHealthy: 1 } })],
    'fail',
    /too few/,
  ],
];

describe('the workload', () => {
  for (const [what, judge, items, result, detail] of rows) {
    it(`${judge.name}: ${what} is ${result}`, () => {
      const verdict = judge({ items });
      assert.equal(verdict.result, result);
      assert.match(verdict.detail, detail);
    });
  }

  it('judgeBudgets: a budget that nobody counts is not here on the embedded platform', () => {
    const items = [named('demo-api', { spec: {} })];
    assert.equal(judgeBudgets({ items }, true).result, 'not here');
    assert.equal(judgeBudgets({ items }).result, 'fail');
  });

  for (const [spec, result] of [
    [{ type: 'ClusterIP', ports: [{ port: 8000 }] }, 'pass'],
    [{ type: 'ClusterIP', ports: [{ port: 80 }] }, 'fail'],
    [{ type: 'NodePort', ports: [{ port: 8000 }] }, 'fail'],
  ]) {
    it(`judgeService: ${JSON.stringify(spec)} is ${result}`, () =>
      assert.equal(judgeService({ spec }).result, result));
  }
});
