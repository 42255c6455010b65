/** The account that scripts/k3d/manifests/portal makes for the portal, by a real token: it reads what is shown, and no more. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { repositoryRoot } from '../support/environment.ts';
import { Kubectl } from '../support/kubectl.ts';

const admin = new Kubectl();
const manifests = path.join(repositoryRoot, 'scripts/k3d/manifests/portal');
const everywhere = '--all-namespaces';

/** What kubectl is asked to do. The API server asks for the right before it looks whether there is such a thing. */
const allowed = [
  ['get', 'pods', everywhere, '--selector=tenant-releases.io/service'],
  ['get', 'deployments,replicasets,services', everywhere],
  ['get', 'horizontalpodautoscalers,ingresses,limitranges,resourcequotas', everywhere],
];
const forbidden = [
  ['get', 'secrets', everywhere],
  ['get', 'secrets', '--namespace=argocd'],
  ['get', 'configmaps', everywhere],
  ['get', 'serviceaccounts', everywhere],
  ['get', 'nodes'],
  ['get', 'namespaces'],
  ['get', 'applications.argoproj.io', '--namespace=argocd'],
  ['get', 'roles,rolebindings', everywhere],
  ['get', '--raw', '/api/v1/namespaces/argocd/pods/any/log'],
  ['create', 'token', 'portal', '--namespace=portal'],
  ['create', 'token', 'argocd-server', '--namespace=argocd'],
  ['create', 'namespace', 'mine'],
  ['run', 'verify', '--image=ghcr.io/acme/demo-api:sha-0000000', '--namespace=portal'],
  ['delete', '--raw', '/api/v1/namespaces/argocd/pods/any'],
  ['label', 'namespace', 'portal', 'pod-security.kubernetes.io/enforce=privileged', '--overwrite'],
  ['get', 'pods', everywhere, '--as=system:admin'],
];

describe("the portal's account", () => {
  let portal: Kubectl;
  before(async () => {
    assert.ok(
      !(await admin.exists('namespace', 'portal')),
      'There is a portal in this cluster already: give the tests another cluster.',
    );
    await admin.output(['apply', '--server-side', '-k', manifests]);
    portal = await Kubectl.serviceAccount('portal', 'portal');
  });
  after(() => admin.output(['delete', '-k', manifests]));

  for (const args of allowed) {
    it(`may ${args.join(' ')}`, async () => {
      const { code, stderr } = await portal.run(args);
      assert.equal(code, 0, stderr);
    });
  }

  it('may watch pods', async () => {
    const watch = '/api/v1/pods?watch=true&timeoutSeconds=1';
    const { code, stderr } = await portal.run(['get', '--raw', watch]);
    assert.equal(code, 0, stderr);
  });

  for (const args of forbidden) {
    it(`may not ${args.join(' ')}`, async () => {
      const { code, stderr } = await portal.run(args);
      assert.notEqual(code, 0);
      assert.match(stderr, /\(Forbidden\)|is forbidden/);
    });
  }

  it('may not ask for the log of a pod, run something in it or reach its ports', async () => {
    for (const subresource of [
      'log',
      'exec',
      'attach',
      'portforward',
      'proxy',
      'ephemeralcontainers',
    ]) {
      for (const verb of ['get', 'create', 'update']) {
        const question = ['auth', 'can-i', verb, 'pods', `--subresource=${subresource}`];
        const { stdout } = await portal.run([...question, '--namespace=argocd']);
        assert.equal(stdout.trim(), 'no', `${verb} pods/${subresource}`);
      }
    }
  });
});
