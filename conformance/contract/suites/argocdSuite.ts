import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { ContractApplications } from '../servers/ContractApplications.ts';
import { PortalReader } from '../servers/PortalReader.ts';
import type { Context } from './contract.ts';

const applications = '/api/v1/applications';
const signal = AbortSignal.timeout(300_000);
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Reading Applications, and how Argo CD refuses. */
export function argocdSuite(context: Context<'argocd'>): void {
  const world = new ContractApplications(context.servers);
  const portal = new PortalReader(context, world);
  const { client } = portal;
  const good = `${world.project}-good`;
  const broken = `${world.project}-broken`;
  const misplaced = `${world.project}-misplaced`;
  let first: string;
  let commit: string;

  before(async () => {
    await world.create();
    first = await world.commit('First', { 'chart/values.yaml': 'tag: "1.0.0" # first\n' });
    await world.deploy(good);
    await world.deploy(broken, { path: 'nothing' });
    await world.deploy(misplaced, { namespace: 'elsewhere' });
    await world.settled(good, first);
    commit = await world.commit('Second\n\nWith a body', { 'chart/values.yaml': 'tag: "1.1.0"\n' });
    await world.settled(good, commit);
  });
  after(() => world.remove());

  it('lists Applications that the portal’s parser reads', async () => {
    assert.match((await client.list(signal)).version ?? '', /^\d+$/);
    const { operation, healthSince, sync, images, ...record } = await portal.listed(good);
    assert.deepEqual(record, {
      instance: 'main',
      name: good,
      namespace: 'argocd',
      project: world.project,
      tenants: [good, 'chart'],
      labels: { service: 'web' },
      destination: { name: 'in-cluster', namespace: world.project },
      source: { repoURL: world.repoURL, path: 'chart', targetRevision: 'main' },
      gitops: {
        files: [],
        folder: 'chart',
        chart: 'chart',
        index: 0,
        isMulti: false,
        targetRevision: 'main',
      },
      kustomizeImages: [],
      isAutomated: true,
      health: { status: 'Healthy' },
      unreadable: [],
    });
    // After a change the old one may stand beside the new one.
    assert.ok(images.includes('registry.example.com/contract:1.1.0'));
    assert.equal(sync.status, 'Synced');
    assert.match(healthSince ?? '', rfc3339);
    assert.deepEqual([operation?.phase, operation?.revision], ['Succeeded', commit]);
    assert.match(operation?.startedAt ?? '', rfc3339);
    assert.match(operation?.finishedAt ?? '', rfc3339);
  });

  it('cuts a list down to fields, and drops names that it does not know', async () => {
    const query = { name: good };
    const fields = (names: string) => world.list({ ...query, fields: names });
    assert.deepEqual(await fields('items.metadata.name,items.status.history,items.nothing'), [
      { metadata: { name: good } },
    ]);
    const [item] = await fields('items.metadata.name,items.spec,items.status.sync.status');
    assert.deepEqual(Object.keys(item).sort(), ['metadata', 'spec', 'status']);
    assert.deepEqual(item.status, { sync: { status: 'Synced' } });
    const answer = await world.ask(applications, {
      query: { ...query, fields: 'items.metadata.name' },
    });
    assert.match(answer.body.metadata.resourceVersion, /^\d+$/);
  });

  it('selects by label, project, name, repository and namespace', async () => {
    const names = async (query: Record<string, string>) =>
      (await world.list({ fields: 'items.metadata.name', ...query })).map(
        ({ metadata }) => metadata.name,
      );
    assert.deepEqual(await names({}), [broken, good, misplaced].sort());
    assert.deepEqual(await names({ selector: `stage=${good}` }), [good]);
    assert.deepEqual(await names({ selector: `stage in (${good},${broken}),stage!=${broken}` }), [
      good,
    ]);
    assert.deepEqual(await names({ name: broken }), [broken]);
    assert.equal((await names({ repo: world.repoURL })).length, 3);
    assert.deepEqual(await names({ appNamespace: 'other' }), []);
    const none = await world.ask(`${applications}?selector=stage%3Dnothing`);
    assert.equal(none.body.items, null);
  });

  it('tells the whole of an Application, with its history', async () => {
    const record = await portal.whole(good);
    assert.deepEqual(record.sync, { status: 'Synced', revision: commit });
    const history = record.details?.history ?? [];
    assert.deepEqual(
      history.map(({ id, revision }) => [id, revision]),
      [
        [0, first],
        [1, commit],
      ],
    );
    for (const { deployStartedAt, deployedAt } of history) {
      assert.match(deployStartedAt ?? '', rfc3339);
      assert.match(deployedAt ?? '', rfc3339);
    }
    assert.deepEqual(record.details?.resources, [
      { kind: 'ConfigMap', namespace: world.project, name: 'web', status: 'Synced' },
      {
        group: 'apps',
        kind: 'Deployment',
        namespace: world.project,
        name: 'web',
        status: 'Synced',
        health: { status: 'Healthy' },
      },
    ]);
    assert.deepEqual(record.details?.drifted, []);
    assert.equal(record.details?.problem, undefined);
  });

  it('tells what is wrong with what cannot be rendered; its revision is then no commit', async () => {
    await eventually(
      async () => assert.ok((await portal.whole(broken)).details?.problem),
      30,
      'the problem',
    );
    const record = await portal.whole(broken);
    const { body } = await world.ask(`${applications}/${broken}`);
    assert.equal(body.status.sync.revision, 'main');
    assert.deepEqual(record.sync, { status: 'Unknown', revision: undefined });
    assert.match(
      record.details?.problem ?? '',
      /^Failed to load target state: .*nothing: app path does not exist$/,
    );
    assert.match(record.details?.problemSince ?? '', rfc3339);
    const manifests = await world.ask(`${applications}/${broken}/manifests`);
    assert.deepEqual(
      [manifests.status, manifests.body.code, manifests.body.message],
      [500, 2, 'nothing: app path does not exist'],
    );
  });

  it('tells what is wrong with what may not be deployed where it wants to be', async () => {
    await eventually(
      async () => assert.ok((await portal.whole(misplaced)).details?.problem),
      30,
      'the problem',
    );
    const record = await portal.whole(misplaced);
    const problem = `application destination server 'in-cluster' and namespace 'elsewhere' do not match any of the allowed destinations in project '${world.project}'`;
    assert.equal(record.details?.problem, problem);
    assert.deepEqual(
      [record.sync.status, record.health.status, record.sync.revision],
      ['Unknown', 'Unknown', undefined],
    );
    const managed = await world.ask(`${applications}/${misplaced}/managed-resources`);
    assert.deepEqual(
      [managed.status, managed.body.message],
      [500, `error getting cached app managed resources: InvalidSpecError: ${problem}`],
    );
    assert.deepEqual(await client.resourceTree(portal.ref(misplaced)), {});
    assert.deepEqual(await client.managedResources(portal.ref(broken)), {});
  });

  it('tells the resources with their health, and what they have made', async () => {
    const nodes = (await client.resourceTree(portal.ref(good))).nodes ?? [];
    const kinds = new Set(nodes.map(({ kind }) => kind));
    for (const kind of ['ConfigMap', 'Deployment', 'ReplicaSet', 'Pod'])
      assert.ok(kinds.has(kind), kind);
    const pod = nodes.find(
      ({ kind, images }) =>
        kind === 'Pod' && images?.includes('registry.example.com/contract:1.1.0'),
    );
    assert.equal(pod?.health?.status, 'Healthy');
    assert.match(pod?.createdAt ?? '', rfc3339);
    assert.equal(pod?.parentRefs?.[0].kind, 'ReplicaSet');
    assert.ok(pod?.info?.some(({ name, value }) => name === 'Containers' && value === '1/1'));
  });

  it('tells the states of resources as texts, which do not differ after a sync', async () => {
    const items = (await client.managedResources(portal.ref(good))).items ?? [];
    assert.deepEqual(
      items.map(({ kind }) => kind),
      ['ConfigMap', 'Deployment'],
    );
    for (const item of items) {
      const target = JSON.parse(item.targetState ?? '');
      assert.equal(target.metadata.name, 'web');
      assert.deepEqual(
        JSON.parse(item.predictedLiveState ?? ''),
        JSON.parse(item.normalizedLiveState ?? ''),
      );
    }
    assert.equal(JSON.parse(items[0].targetState ?? '').data.tag, '1.1.0');
  });

  it('tells who made a commit', async () => {
    const { author, date, message } = await client.revisionMetadata(portal.ref(good), commit);
    assert.deepEqual([author, message], ['Ada <ada@example.com>', 'Second\n\nWith a body']);
    assert.match(date ?? '', rfc3339);
    const unresolved = await world.ask(`${applications}/${good}/revisions/main/metadata`);
    assert.deepEqual(
      [unresolved.status, unresolved.body.message],
      [500, 'revision main must be resolved'],
    );
    const unknown = await world.ask(`${applications}/${good}/revisions/${'0'.repeat(40)}/metadata`);
    assert.equal(unknown.status, 500);
  });

  it('renders what Git wants', async () => {
    const { body } = await world.ask(`${applications}/${good}/manifests`);
    assert.deepEqual(Object.keys(body), ['manifests']);
    assert.deepEqual(
      body.manifests.map((text: string) => JSON.parse(text).kind),
      ['ConfigMap', 'Deployment'],
    );
  });

  it('says which revision it does not find', async () => {
    const { status, body } = await world.ask(`${applications}/${good}/manifests?revision=none`);
    assert.equal(status, 500);
    assert.match(body.message, /unable to resolve 'none' to a commit SHA$/);
  });

  it('tells projects', async () => {
    const { body } = await world.ask(`/api/v1/projects/${world.project}`);
    assert.equal(body.metadata.name, world.project);
    assert.deepEqual(body.spec.sourceRepos, [world.repoURL]);
    assert.equal(body.spec.destinations[0].namespace, world.project);
    const all = await world.ask('/api/v1/projects');
    assert.ok(
      all.body.items.some(
        (item: { metadata: { name: string } }) => item.metadata.name === world.project,
      ),
    );
    const none = await world.ask('/api/v1/projects/contract-none');
    assert.deepEqual([none.status, none.body.code], [404, 5]);
  });

  it('says what it is', async () => {
    await client.probe();
    const anybody = await world.ask('/api/version', { token: undefined });
    assert.deepEqual(Object.keys(anybody.body), ['Version']);
    const account = await world.ask('/api/v1/session/userinfo');
    assert.deepEqual([account.body.loggedIn, account.body.username], [true, 'backstage']);
  });
}
