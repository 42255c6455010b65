import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { ContractNamespace } from '../servers/ContractNamespace.ts';
import type { Context } from './contract.ts';

const signal = AbortSignal.timeout(300_000);
/** Reading pods and lists. */
export function kubernetesSuite({ workspace, servers }: Context<'kubernetes'>): void {
  const { url, ca, token } = servers.kubernetes;
  const space = new ContractNamespace(servers.kubernetes);
  const client = new workspace.KubernetesClient({
    name: 'contract',
    url,
    token,
    ...(ca ? { ca } : {}),
    skipTlsVerify: false,
  });
  /** The portal's records of this namespace's pods. */
  const records = async () =>
    (await client.list(signal)).items
      .flatMap(pod => workspace.readPod(pod) ?? [])
      .flatMap(pod => workspace.toPodRecord(pod) ?? [])
      .filter(({ tenant }) => tenant === space.name);

  before(async () => {
    await space.create();
    await space.deploy('web', 3);
    await eventually(
      async () => assert.equal((await records()).filter(({ ready }) => ready).length, 3),
      60,
      'three ready pods',
    );
  });
  after(() => space.remove());

  it('shows that it lives, without more rights than everybody’s', async () => {
    await client.probe();
  });

  it('lists pods that the portal’s parser reads', async () => {
    const found = await records();
    for (const record of found) {
      assert.match(record.name, /^web-[a-z0-9]+-[a-z0-9]{5}$/);
      assert.equal(record.service, 'web');
      assert.deepEqual(
        record.containers.map(({ name, image, waiting }) => [name, image, waiting]),
        [['web', 'registry.example.com/contract:1.0.0', undefined]],
      );
      assert.equal(record.counts, true);
      assert.ok(Date.parse(record.startedAt ?? '') > 0);
      assert.ok(Date.parse(record.readySince ?? '') > 0);
    }
    assert.match((await client.list(signal)).version ?? '', /^\d+$/);
  });

  it('tells why a pod does not start', async () => {
    await space.deploy('missing', 1, '9.9.9-missing');
    await eventually(
      async () => {
        const [record] = (await records()).filter(({ service }) => service === 'missing');
        assert.match(record?.containers[0].waiting ?? '', /^(ErrImagePull|ImagePullBackOff)$/);
        assert.equal(record.ready, false);
        assert.equal(record.counts, true);
      },
      30,
      'the reason',
    );
  });

  it('hands out a list in pages, which are one state of one version', async () => {
    for (const name of ['one', 'two', 'zero'])
      await space.configMap(name, { page: '1' }, { v: 'old' });
    const path = space.path('configmaps');
    const page = { labelSelector: 'page', limit: 2 };
    const first = await space.reader(path, { query: page });
    assert.equal(first.body.kind, 'ConfigMapList');
    assert.equal(first.body.items.length, 2);
    // With a selector nobody has counted what remains.
    assert.deepEqual(Object.keys(first.body.metadata).sort(), ['continue', 'resourceVersion']);
    assert.ok(!('kind' in first.body.items[0]) && !('apiVersion' in first.body.items[0]));
    await space.change('zero', { data: { v: 'new' } });
    await space.configMap('zzz', { page: '1' }, { v: 'new' });
    const { continue: next, resourceVersion } = first.body.metadata;
    const second = await space.reader(path, { query: { ...page, continue: next } });
    assert.deepEqual(second.body.metadata, { resourceVersion });
    assert.deepEqual(
      second.body.items.map((item: { metadata: { name: string }; data: object }) => [
        item.metadata.name,
        item.data,
      ]),
      [['zero', { v: 'old' }]],
    );
    const exact = await space.reader(path, {
      query: { labelSelector: 'page', resourceVersion, resourceVersionMatch: 'Exact' },
    });
    assert.deepEqual(exact.body.metadata, { resourceVersion });
    assert.equal(exact.body.items.length, 3);
    const newer = await space.reader(path, {
      query: { labelSelector: 'page', resourceVersion, resourceVersionMatch: 'NotOlderThan' },
    });
    assert.equal(newer.body.items.length, 4);
  });

  it('counts what remains where nothing is left out', async () => {
    const { body } = await space.reader(space.path('configmaps'), { query: { limit: 1 } });
    const all = await space.reader(space.path('configmaps'), { query: { limit: -1 } });
    assert.equal(body.metadata.remainingItemCount, all.body.items.length - 1);
  });

  it('answers an empty list with an empty list', async () => {
    const { body } = await space.reader(space.path('pods'), {
      query: { labelSelector: 'nothing=there' },
    });
    assert.deepEqual([body.kind, body.apiVersion, body.items], ['PodList', 'v1', []]);
    const absent = await space.reader('/api/v1/namespaces/contract-is-not-there/pods');
    assert.deepEqual([absent.status, absent.body.items], [200, []]);
  });

  it('understands every form of selector', async () => {
    const count = async (labelSelector: string) =>
      (await space.reader(space.path('pods'), { query: { labelSelector } })).body.items.length;
    assert.equal(await count('app=web'), 3);
    assert.equal(await count('app==web,tenant-releases.io/service'), 3);
    assert.equal(await count('app in (web, missing)'), 4);
    assert.equal(await count('app notin (web)'), 1);
    assert.equal(await count('app!=web'), 1);
    assert.equal(await count('!app'), 0);
    assert.equal(await count('app>5'), 0);
    assert.equal(await count(''), 4);
  });
}
