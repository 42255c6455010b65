import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { ContractApplications } from '../servers/ContractApplications.ts';
import { PortalReader } from '../servers/PortalReader.ts';
import { openLines, type LineStream } from '../servers/request.ts';
import { silentLogger } from '../servers/silentLogger.ts';
import type { Context } from './contract.ts';

const stream = '/api/v1/stream/applications';

/** Events of a stream of lines. */
function events({ lines }: LineStream) {
  return lines.filter(Boolean).map(line => {
    const { type, application } = JSON.parse(line.replace(/^data: /, '')).result;
    return {
      type,
      name: application.metadata.name,
      version: Number(application.metadata.resourceVersion),
      application,
    };
  });
}

/** The watch stream of Applications, from their beginning to their end. */
export function argocdStreamSuite(context: Context<'argocd'>): void {
  const { workspace, servers } = context;
  const { url, token } = servers.argocd;
  const world = new ContractApplications(servers);
  const portal = new PortalReader(context, world);
  const name = `${world.project}-app`;
  const open = (query: Record<string, string | number>, accept = 'application/json') =>
    openLines(url, stream, {
      token,
      headers: { accept },
      query: { projects: world.project, ...query },
    });
  const opened: LineStream[] = [];
  let watch: InstanceType<typeof workspace.ApplicationWatch>;
  let fromZero: LineStream;
  let serverSent: LineStream;
  let future: LineStream;
  let commit: string;

  /** What the portal knows. */
  const known = () => watch.store.get(`argocd/${name}`);
  const becomes = (what: string, check: () => void, seconds = 60) =>
    eventually(async () => check(), seconds, what);

  before(async () => {
    await world.create();
    watch = new workspace.ApplicationWatch({
      ...portal.options,
      name: 'main',
      api: portal.client,
      logger: silentLogger,
    });
    watch.start();
    await becomes('the first list', () => assert.equal(watch.monitor.status().state, 'ok'), 10);
    fromZero = open({ resourceVersion: 0 });
    serverSent = open({}, 'text/event-stream');
    future = open({ resourceVersion: 99_999_999_999 });
    opened.push(fromZero, serverSent, future);
    commit = await world.commit('Start', { 'chart/values.yaml': 'tag: "1.0.0" # start\n' });
    await world.deploy(name);
    await world.settled(name, commit);
  });
  after(async () => {
    await watch?.stop();
    opened.forEach(each => each.close());
    await world.remove();
  });

  it('begins with ADDED and goes on with MODIFIED, in the order of versions, each a line', async () => {
    await becomes('the event of the state that single answers show', () => {
      const { sync, health } = events(fromZero).at(-1)?.application.status ?? {};
      assert.deepEqual([sync?.status, health?.status], ['Synced', 'Healthy']);
    });
    const all = events(fromZero);
    assert.deepEqual([fromZero.status, fromZero.contentType], [200, 'application/json']);
    assert.deepEqual([all[0].type, all[0].name], ['ADDED', name]);
    assert.ok(all.length > 3);
    for (const [at, event] of all.entries()) {
      if (at === 0) continue;
      assert.equal(event.type, 'MODIFIED');
      assert.ok(event.version > all[at - 1].version);
    }
    const { status, metadata, spec } = all.at(-1)!.application;
    assert.equal(status.sync.revision, commit);
    assert.equal(status.history.length, 1);
    assert.deepEqual(
      status.resources.map((each: { health?: object }) => each.health),
      [undefined, { status: 'Healthy' }],
    );
    assert.equal(metadata.labels['tenant-releases.io/service'], 'web');
    assert.equal(spec.project, world.project);
  });

  it('frames the same as server-sent events, with a space at the end', async () => {
    assert.deepEqual([serverSent.status, serverSent.contentType], [200, 'text/event-stream']);
    const data = serverSent.lines.filter(line => line.startsWith('data:'));
    assert.ok(data.every(line => line.startsWith('data: {"result":{') && line.endsWith('} ')));
    const position = serverSent.lines.indexOf(data[0]);
    assert.deepEqual(serverSent.lines.slice(position + 1, position + 3), ['', '']);
  });

  it('begins with everything only for who brings no version', async () => {
    const all = open({});
    const since = open({ resourceVersion: 0 });
    opened.push(all, since);
    await becomes(
      'the present state',
      () =>
        assert.deepEqual(
          events(all).map(({ type }) => type),
          ['ADDED'],
        ),
      10,
    );
    // Nothing is repeated, not even what has happened since a version: the head waits for the first event.
    assert.deepEqual([since.status, since.lines], [undefined, []]);
    const one = open({ name, resourceVersion: 0 });
    opened.push(one);
    await becomes(
      'the one that is asked for',
      () => assert.equal(events(one)[0]?.type, 'ADDED'),
      10,
    );
  });

  it('leaves out what is older than the version that is brought', async () => {
    assert.deepEqual(future.lines, []);
  });

  it('feeds the portal’s index: another commit', async () => {
    assert.deepEqual(
      [known()?.sync, known()?.health.status],
      [{ status: 'Synced', revision: commit }, 'Healthy'],
    );
    commit = await world.commit('Next', { 'chart/values.yaml': 'tag: "1.1.0"\n' });
    await world.settled(name, commit);
    await becomes('the new commit', () => {
      assert.equal(known()?.sync.revision, commit);
      assert.deepEqual(
        known()?.details?.history.map(({ id }) => id),
        [0, 1],
      );
      assert.deepEqual(known()?.images, ['registry.example.com/contract:1.1.0']);
    });
  });

  it('keeps the stream of server-sent events alive by a comment every fifteen seconds', async () => {
    await becomes('the comment', () => assert.ok(serverSent.lines.includes(':')), 20);
  });

  it('tells of the end: deletion asked for, then DELETED, which is newer', async () => {
    await world.delete(name);
    await becomes('the end', () => assert.equal(known(), undefined));
    await becomes('the last event', () => assert.equal(events(fromZero).at(-1)?.type, 'DELETED'));
    const all = events(fromZero);
    const last = all.at(-1)!;
    const before = all.at(-2)!;
    assert.ok(last.application.metadata.deletionTimestamp);
    assert.ok(before.application.metadata.deletionTimestamp);
    assert.ok(last.version > before.version, `${last.version} > ${before.version}`);
    const again = open({});
    opened.push(again);
    await becomes('nothing', () => assert.deepEqual(again.lines, []), 1);
  });

  const refusals: Array<[string, Record<string, string>, number, number, RegExp]> = [
    [
      'a token that nobody has',
      { authorization: 'Bearer nonsense' },
      401,
      16,
      /^no session information$/,
    ],
    [
      'a selector that is none',
      {},
      500,
      2,
      /^error parsing labels with selectors: unable to parse requirement: found 'b'/,
    ],
  ];
  for (const [what, headers, status, code, message] of refusals) {
    it(`refuses ${what} in the stream’s own form`, async () => {
      const answer = await world.ask(`${stream}?selector=a%20b`, { headers });
      assert.equal(answer.status, status);
      const { error } = answer.body;
      assert.deepEqual(
        [error.grpc_code, error.http_code, typeof error.http_status],
        [code, status, 'string'],
      );
      assert.match(error.message, message);
    });
  }
}
