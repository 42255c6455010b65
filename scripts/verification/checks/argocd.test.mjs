import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeApplications, judgeDefaultProject, judgeProject } from './argocd.mjs';

const application = (name, sync, health, project = name) => ({
  metadata: { name },
  spec: { project },
  status: sync ? { sync: { status: sync }, health: { status: health } } : undefined,
});
const project = {
  destinations: [{ namespace: 'tenant-a' }],
  sourceRepos: ['https://github.com/acme/platform.git'],
  clusterResourceWhitelist: [],
};
const judge = spec => judgeProject({ spec: { ...project, ...spec } }, 'tenant-a');

/** Rows of: what, verdict, its result, and what its detail says. */
const rows = [
  [
    'Synced and Healthy',
    judgeApplications({ items: [application('tenant-a', 'Synced', 'Healthy')] }),
    'pass',
    /: tenant-a$/,
  ],
  [
    'one is not',
    judgeApplications({
      items: [application('a', 'Synced', 'Healthy'), application('b', 'OutOfSync', 'Progressing')],
    }),
    'fail',
    /^b is OutOfSync\/Progressing$/,
  ],
  [
    'one that Argo CD has not seen',
    judgeApplications({ items: [application('tenant-a')] }),
    'fail',
    /Unknown\/Unknown/,
  ],
  ['none', judgeApplications({ items: [] }), 'fail', /no Application/],
  ['a narrow project', judge({}), 'pass', /one destination, one source/],
  ['every namespace', judge({ destinations: [{ namespace: '*' }] }), 'fail', /\*, not tenant-a/],
  [
    'a second namespace',
    judge({ destinations: [{ namespace: 'tenant-a' }, { namespace: 'tenant-b' }] }),
    'fail',
    /tenant-a, tenant-b, not/,
  ],
  ['no destination', judge({ destinations: undefined }), 'fail', /none/],
  ['every source', judge({ sourceRepos: ['*'] }), 'fail', /sources \*/],
  [
    'cluster resources',
    judge({ clusterResourceWhitelist: [{ group: '*', kind: '*' }] }),
    'fail',
    /cluster resources/,
  ],
  [
    'an Application in the default project',
    judgeDefaultProject({ items: [application('stray', 'Synced', 'Healthy', 'default')] }),
    'fail',
    /stray/,
  ],
  [
    'no Application there',
    judgeDefaultProject({ items: [application('tenant-a', 'Synced', 'Healthy')] }),
    'pass',
    /no Application/,
  ],
];

describe('Argo CD', () => {
  for (const [what, verdict, result, detail] of rows) {
    it(`${what}: ${result}`, () => {
      assert.equal(verdict.result, result);
      assert.match(verdict.detail, detail);
    });
  }
});
