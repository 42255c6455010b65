import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { ContractNamespace } from '../servers/ContractNamespace.ts';
import { openLines, type LineStream } from '../servers/request.ts';
import { silentLogger } from '../servers/silentLogger.ts';
import { assertStatus } from './assertStatus.ts';
import type { Context } from './contract.ts';

/** An event as text: what it says of which object, without versions. */
function told(stream: LineStream): string[] {
  return stream.lines.filter(Boolean).map(line => {
    const { type, object } = JSON.parse(line);
    const isInitialEnd = object.metadata.annotations?.['k8s.io/initial-events-end'] === 'true';
    return [type, object.kind, object.metadata.name, object.data?.v, isInitialEnd && 'initial end']
      .filter(Boolean)
      .join(' ');
  });
}

/** How many changes make the first of them too old for a server that remembers the last 2,000. */
const muchHistory = 2_100;

/** Watching, as the portal's informer does it. */
export function kubernetesWatchSuite({ workspace, servers }: Context<'kubernetes'>): void {
  const { url, ca, token } = servers.kubernetes;
  const space = new ContractNamespace(servers.kubernetes);
  const client = new workspace.KubernetesClient({
    name: 'contract',
    url,
    token,
    ...(ca ? { ca } : {}),
    skipTlsVerify: false,
  });
  const watch = (query: Record<string, string | number>) =>
    openLines(url, space.path('configmaps'), { ca, token, query: { watch: 'true', ...query } });
  const ended = (stream: LineStream) =>
    eventually(async () => assert.ok(stream.hasEnded), 20, 'the end of the watch');

  /** What happens while the watches of the first test are open, and what those see that select the label x. */
  const history = [
    'ADDED ConfigMap b',
    'MODIFIED ConfigMap a 2',
    'ADDED ConfigMap c',
    'DELETED ConfigMap b',
    'DELETED ConfigMap a 2',
  ];
  let version: string;
  const selected = { labelSelector: 'x', timeoutSeconds: 3 };

  before(() => space.create());
  after(() => space.remove());

  it('tells what happens to what is selected, after a list, from now on, or after the present state', async () => {
    await space.configMap('a', { x: '1' }, { v: '1' });
    const list = await space.reader(space.path('configmaps'), { query: { labelSelector: 'x' } });
    version = list.body.metadata.resourceVersion;
    const bookmarks = { ...selected, allowWatchBookmarks: 'true' };
    const initial = { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' };
    const streams = {
      afterList: watch({ ...bookmarks, resourceVersion: version }),
      fromZero: watch({ ...selected, resourceVersion: 0 }),
      withoutVersion: watch(selected),
      initialEvents: watch({ ...bookmarks, ...initial }),
    };
    await eventually(
      async () => {
        for (const stream of Object.values(streams)) assert.equal(stream.status, 200);
        assert.equal(streams.initialEvents.lines.length, 2);
      },
      10,
      'the heads, which do not wait for an event',
    );
    assert.equal(streams.afterList.contentType, 'application/json');
    await space.configMap('b', { x: '1' });
    await space.configMap('unseen');
    await space.change('a', { data: { v: '2' } });
    await space.configMap('c');
    await space.change('c', { metadata: { labels: { x: '1' } } });
    await space.change('b', { metadata: { labels: { x: null } } });
    // Nothing changes: no event.
    await space.change('a', { data: { v: '2' } });
    const path = space.path('configmaps/a');
    await space.ok(path, { method: 'DELETE' });
    for (const stream of Object.values(streams)) await ended(stream);

    assert.deepEqual(
      told(streams.afterList).filter(text => !text.startsWith('BOOKMARK')),
      history,
    );
    assert.equal(told(streams.afterList).at(-1), 'BOOKMARK ConfigMap');
    assert.deepEqual(told(streams.fromZero), ['ADDED ConfigMap a 1', ...history]);
    assert.deepEqual(told(streams.withoutVersion), ['ADDED ConfigMap a 1', ...history]);
    assert.deepEqual(told(streams.initialEvents).slice(0, 2), [
      'ADDED ConfigMap a 1',
      'BOOKMARK ConfigMap initial end',
    ]);
    const versions = streams.afterList.lines
      .filter(Boolean)
      .map(line => Number(JSON.parse(line).object.metadata.resourceVersion));
    assert.ok(
      versions.every((each, at) => at === 0 || each >= versions[at - 1]),
      String(versions),
    );
    // A deletion has a version of its own: it is newer than the last state.
    assert.ok(versions[4] > versions[1]);
    const objects = streams.afterList.lines.filter(Boolean).map(line => JSON.parse(line).object);
    assert.ok(objects.every(({ kind, apiVersion }) => kind === 'ConfigMap' && apiVersion === 'v1'));
  });

  it('goes on from a version as if it had never been away', async () => {
    const stream = watch({ ...selected, timeoutSeconds: 1, resourceVersion: version });
    await ended(stream);
    assert.deepEqual(told(stream), history);
  });

  it('tells of a version that is too old by one event, 410, and the portal’s client ends without failure', async () => {
    if (servers.kubernetes.isYoung) {
      for (let at = 0; at < muchHistory; at += 50) {
        await Promise.all(
          Array.from({ length: 50 }, (_, index) =>
            space.change('c', { data: { v: String(at + index) } }),
          ),
        );
      }
    }
    const stream = watch({ resourceVersion: 1, timeoutSeconds: 3 });
    await ended(stream);
    assert.equal(stream.status, 200);
    const lines = stream.lines.filter(Boolean).map(line => JSON.parse(line));
    assert.equal(lines.length, 1);
    const { type, object } = lines[0];
    assert.deepEqual(
      [type, object.kind, object.status, object.reason, object.code],
      ['ERROR', 'Status', 'Failure', 'Expired', 410],
    );
    assert.match(object.message, /^too old resource version: 1 \(\d+\)$/);
    const events = [];
    for await (const event of client.watch('1', AbortSignal.timeout(10_000))) events.push(event);
    assert.deepEqual(events, []);
  });

  it('tells of a list and of a page that are too old by 410', async test => {
    const path = space.path('configmaps');
    const list = await space.reader(`${path}?resourceVersion=1&resourceVersionMatch=Exact`);
    if (list.status === 200 && !servers.kubernetes.isYoung) {
      // A real API server has etcd forget every five minutes what is older than five minutes.
      test.skip('the API server has run for less than ten minutes, and still knows its version 1');
      return;
    }
    assertStatus(list, 410, {
      reason: 'Expired',
      message: 'The resourceVersion for the provided list is too old.',
    });
    const token = Buffer.from('{"v":"meta.k8s.io/v1","rv":1,"start":"a\\u0000"}').toString(
      'base64url',
    );
    const page = await space.reader(path, { query: { limit: 1, continue: token } });
    assertStatus(page, 410, {
      reason: 'Expired',
      message: /^The provided continue parameter is too old to display a consistent list result\./,
    });
    // With this one the list goes on from its place, in the present state.
    const rest = await space.reader(path, {
      query: { limit: 500, continue: page.body.metadata.continue },
    });
    assert.equal(rest.status, 200);
    assert.ok(
      rest.body.items.every((item: { metadata: { name: string } }) => item.metadata.name > 'a'),
    );
  });

  it('waits for a version that is still to come', async () => {
    const stream = watch({ resourceVersion: 99_999_999_999, timeoutSeconds: 1 });
    await ended(stream);
    assert.deepEqual([stream.status, stream.lines.filter(Boolean)], [200, []]);
  });

  const bad: Array<[string, number, RegExp]> = [
    ['labelSelector=a%20b', 400, /^unable to parse requirement: found 'b'/],
    ['timeoutSeconds=x', 400, /^strconv\.ParseInt: parsing "x": invalid syntax$/],
    [
      'sendInitialEvents=true',
      422,
      /sendInitialEvents requires setting resourceVersionMatch to NotOlderThan$/,
    ],
    ['resourceVersion=abc', 500, /^resourceVersion: Invalid value: "abc": strconv\.ParseUint: /],
  ];
  for (const [query, code, message] of bad) {
    it(`refuses a watch with ${query} before it begins`, async () => {
      const answer = await space.reader(
        `${space.path('configmaps')}?watch=true&${query}&timeoutSeconds=1`,
      );
      assertStatus(answer, code, { message });
    });
  }

  it('feeds the portal’s watch of pods: new ones, another version, gone', async () => {
    const pods = new workspace.PodWatch({ name: 'contract', api: client, logger: silentLogger });
    /** Versions of the pods that count, each once. */
    const running = () => {
      const own = pods.store.values().filter(pod => pod.tenant === space.name && pod.counts);
      return {
        ready: own.filter(({ ready }) => ready).length,
        versions: [
          ...new Set(own.flatMap(pod => pod.containers.map(({ image }) => image.split(':')[1]))),
        ],
      };
    };
    const becomes = (ready: number, versions: string[]) =>
      eventually(
        async () => assert.deepEqual(running(), { ready, versions }),
        60,
        `${ready} of ${versions}`,
      );
    pods.start();
    try {
      await eventually(
        async () => assert.equal(pods.monitor.status().state, 'ok'),
        10,
        'the first list',
      );
      await space.deploy('web', 2);
      await becomes(2, ['1.0.0']);
      await space.deploy('web', 2, '1.1.0');
      await becomes(2, ['1.1.0']);
      await space.deploy('web', 1, '1.1.0');
      await becomes(1, ['1.1.0']);
      await space.ok(space.path('apps/v1/deployments/web'), { method: 'DELETE' });
      await becomes(0, []);
    } finally {
      await pods.stop();
      await sleep(0);
    }
  });
}
