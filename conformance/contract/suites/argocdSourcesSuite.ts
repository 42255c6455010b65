import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { ContractApplications } from '../servers/ContractApplications.ts';
import { ContractRepository } from '../servers/ContractRepository.ts';
import { PortalReader } from '../servers/PortalReader.ts';
import type { Context } from './contract.ts';

/** Applications of several sources: a chart in one repository, its values in another, which is the GitOps repository. */
export function argocdSourcesSuite(context: Context<'argocd'>): void {
  const world = new ContractApplications(context.servers);
  const values = new ContractRepository();
  const portal = new PortalReader(context, world, () => values.url);
  const { client } = portal;
  const name = `${world.project}-several`;
  let chart: string;
  let commit: string;
  /** Each commit of the values that was deployed. */
  const deployed: string[] = [];

  const write = async (tag: string) => {
    commit = await values.commit(`Release ${tag}`, { 'tenants/a.yaml': `tag: "${tag}"\n` });
    deployed.push(commit);
  };
  const sources = (valueFile = '$values/tenants/a.yaml') => [
    {
      repoURL: world.repoURL,
      path: 'chart',
      targetRevision: 'main',
      helm: { valueFiles: [valueFile] },
    },
    { repoURL: values.url, targetRevision: 'main', ref: 'values' },
  ];

  before(async () => {
    await values.create();
    await world.create({ sourceRepos: ['*'] });
    chart = await world.commit('Chart', { 'chart/values.yaml': 'tag: "none"\n' });
    await write('1.0.0');
    await world.deploy(name, { sources: sources() });
    await world.settled(name, `${chart} ${commit}`);
    await write('1.1.0');
    await world.settled(name, `${chart} ${commit}`);
  });
  after(async () => {
    await world.remove();
    await values.remove();
  });

  it('tells a revision for each source, in their order; the portal goes by the one of the values', async () => {
    const record = await portal.whole(name);
    assert.deepEqual(record.sync, { status: 'Synced', revision: commit, others: chart });
    assert.deepEqual([record.operation?.revision, record.operation?.others], [commit, chart]);
    assert.deepEqual(
      record.details?.history.map(({ id, revision }) => [id, revision]),
      deployed.map((revision, id) => [id, revision]),
    );
    assert.deepEqual(record.gitops, {
      files: ['tenants/a.yaml'],
      index: 1,
      isMulti: true,
      targetRevision: 'main',
    });
    assert.ok(record.images.includes('registry.example.com/contract:1.1.0'));
  });

  it('has no single revision anywhere', async () => {
    const { sync, operationState, history, sourceTypes } = await world.status(name);
    assert.deepEqual(Object.keys(sync).sort(), ['comparedTo', 'revisions', 'status']);
    assert.deepEqual(sync.revisions, [chart, commit]);
    assert.deepEqual(operationState.operation.sync.revisions, [chart, commit]);
    const { revision, revisions } = operationState.syncResult;
    assert.deepEqual([revision, revisions], ['', [chart, commit]]);
    assert.deepEqual(history.at(-1).revisions, [chart, commit]);
    assert.deepEqual(
      [history.at(-1).revision, history.at(-1).source],
      [undefined, { repoURL: '' }],
    );
    assert.deepEqual(sourceTypes, ['Helm', '']);
    const found = sync.comparedTo.sources;
    assert.deepEqual(found, sources());
  });

  it('tells less of it in a list: the revisions that were synced, none that were compared', async () => {
    const { sync, operation, details } = await portal.listed(name);
    assert.deepEqual(sync, { status: 'Synced', revision: undefined });
    assert.deepEqual([operation?.revision, operation?.others], [commit, chart]);
    assert.equal(details, undefined);
    const fields = 'items.status.sync.revisions,items.status.history';
    assert.deepEqual(await world.list({ name, fields }), [{}]);
  });

  it('tells who made a commit of a source by its position', async () => {
    const of = (sourceIndex: number, revision: string) =>
      client.revisionMetadata({ ...portal.ref(name), sourceIndex }, revision);
    assert.deepEqual((await of(0, chart)).message, 'Chart');
    assert.deepEqual((await of(1, commit)).message, 'Release 1.1.0');
    await assert.rejects(of(0, commit), { errorClass: 'server-error' });
    await assert.rejects(client.revisionMetadata(portal.ref(name), commit), {
      errorClass: 'server-error',
    });
    const query = { sourceIndex: 2 };
    const path = `/api/v1/applications/${name}/revisions/${commit}/metadata`;
    const { status, body } = await world.ask(path, { query });
    assert.deepEqual(
      [status, body.message],
      [
        500,
        'error getting app source by source index and version ID: source index 2 not found because there are only 2 sources',
      ],
    );
  });

  it('has no revision at all when one of the sources cannot be rendered', async () => {
    await world.change(name, { spec: { sources: sources('$values/tenants/none.yaml') } });
    const { conditions, sync } = await eventually(
      async () => {
        const status = await world.status(name);
        assert.ok(status.conditions);
        return status;
      },
      30,
      'the problem',
    );
    assert.match(
      conditions[0].message,
      /^Failed to load target state: failed to generate manifest for source 1 of 2: .*none\.yaml/,
    );
    assert.deepEqual(
      [sync.status, sync.revision, sync.revisions],
      ['Unknown', undefined, undefined],
    );
    const record = await portal.whole(name);
    assert.deepEqual(record.sync, { status: 'Unknown', revision: undefined });
    assert.match(record.details?.problem ?? '', /none\.yaml/);
    // What is deployed stays.
    assert.equal(record.operation?.revision, commit);
    await world.change(name, { spec: { sources: sources() } });
    await world.settled(name, `${chart} ${commit}`);
  });
}
