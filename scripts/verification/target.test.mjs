import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findTarget, shellHint } from './target.mjs';

const given = {
  kubeconfig: undefined,
  context: undefined,
  observability: 'observability',
  urls: {},
};
const embedded = {
  kubeconfig: '/checkout/.sandbox/kubernetes/kubeconfig',
  urls: { loki: 'http://localhost:7105' },
  tokens: {},
};
const find = (args, env, running) =>
  findTarget({ ...given, ...args }, { env, findEmbedded: async () => running });

describe('findTarget', () => {
  it('is the embedded platform when it runs, whatever the environment says of another', async () => {
    const target = await find({}, { LOKI_URL: 'http://elsewhere:3100' }, embedded);
    assert.equal(target.kind, 'embedded');
    assert.equal(target.kubeconfig, embedded.kubeconfig);
    assert.deepEqual(target.urls, embedded.urls);
  });

  it('takes a flag for one of its servers', async () => {
    const target = await find({ urls: { loki: 'http://other:3100' } }, {}, embedded);
    assert.equal(target.urls.loki, 'http://other:3100');
  });

  for (const named of [{ context: 'k3d' }, { kubeconfig: '/home/ada/config' }]) {
    it(`is a cluster when ${
      Object.keys(named)[0]
    } names one, although the embedded platform runs`, async () => {
      const env = { LOKI_URL: 'http://loki:3100', ARGOCD_TOKEN: 'hush' };
      const target = await find(named, env, embedded);
      assert.equal(target.kind, 'cluster');
      assert.deepEqual(target.urls, { loki: 'http://loki:3100' });
      assert.equal(target.tokens.argocd, 'hush');
    });
  }

  it("is kubectl's current cluster when nothing runs and nothing is named", async () => {
    const target = await find({}, {}, undefined);
    assert.equal(target.kind, 'cluster');
    assert.equal(target.kubeconfig, undefined);
  });
});

describe('shellHint', () => {
  for (const [target, hint] of [
    [{}, undefined],
    [{ context: 'k3d' }, 'kubectl config use-context k3d'],
    [{ kubeconfig: '/a/config' }, 'export KUBECONFIG=/a/config'],
  ]) {
    it(`says ${hint}`, () => assert.equal(shellHint(target), hint));
  }
});
