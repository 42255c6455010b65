import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { ContractApplications } from '../servers/ContractApplications.ts';
import { ContractNamespace } from '../servers/ContractNamespace.ts';
import { PortalReader } from '../servers/PortalReader.ts';
import type { Context } from './contract.ts';

/** Applications outside of Argo CD's own namespace, one of them called like one inside. */
export function argocdNamespacesSuite(context: Context<'argocd'>): void {
  const skip = context.servers.argocd.hasTeamNamespaces
    ? false
    : 'ARGOCD_APPLICATION_NAMESPACES does not hold contract-*';
  describe('of a team', { skip }, () => {
    if (!skip) teamsTests(context);
  });
}

function teamsTests(context: Context<'argocd'>): void {
  const world = new ContractApplications(context.servers);
  const portal = new PortalReader(context, world);
  const { client } = portal;
  /** Where a team keeps its Applications; its name begins with `contract-` too. */
  const team = new ContractNamespace(context.servers.kubernetes!);
  /** Not in the project's sourceNamespaces. */
  const stranger = new ContractNamespace(context.servers.kubernetes!);
  const name = `${world.project}-app`;
  let commit: string;

  before(async () => {
    await team.create();
    await stranger.create();
    await world.create({
      sourceNamespaces: [team.name],
      destinations: [{ name: 'in-cluster', namespace: 'contract-*' }],
    });
    commit = await world.commit('First', { 'chart/values.yaml': 'tag: "1.0.0" # first\n' });
    await world.deploy(name);
    await world.deploy(name, { appNamespace: team.name, namespace: team.name });
    await world.settled(name, commit);
    await world.settled(name, commit, team.name);
  });
  after(async () => {
    await world.remove();
    await team.remove();
    await stranger.remove();
  });

  it('lists both, and each by its namespace', async () => {
    const here = await portal.listed(name);
    const there = await portal.listed(name, team.name);
    assert.deepEqual(
      [here.destination.namespace, there.destination.namespace],
      [world.project, team.name],
    );
    const fields = 'items.metadata.namespace';
    assert.deepEqual(await world.list({ fields, appNamespace: team.name }), [
      { metadata: { namespace: team.name } },
    ]);
  });

  it('answers about the one of the namespace that is named, and of its own when none is', async () => {
    assert.equal((await portal.whole(name)).destination.namespace, world.project);
    const there = await portal.whole(name, team.name);
    assert.deepEqual([there.namespace, there.destination.namespace], [team.name, team.name]);
    assert.deepEqual([there.sync.status, there.details?.history[0].revision], ['Synced', commit]);
    const { body } = await world.ask(`/api/v1/applications/${name}`);
    assert.equal(body.metadata.namespace, 'argocd');
  });

  it('asks each part of it in that namespace', async () => {
    const ref = portal.ref(name, team.name);
    const { nodes = [] } = await client.resourceTree(ref);
    assert.ok((nodes ?? []).some(({ kind }) => kind === 'Pod'));
    assert.ok((nodes ?? []).every(({ namespace }) => namespace === team.name));
    const { items } = await client.managedResources(ref);
    assert.ok(items?.every(({ namespace }) => namespace === team.name));
    assert.equal((await client.revisionMetadata(ref, commit)).message, 'First');
    assert.deepEqual(await client.syncWindows(ref), {});
  });

  it('marks what it deploys with both names', async () => {
    const { body } = await team.ok(team.path('apps/v1/deployments/web'));
    assert.equal(
      body.metadata.annotations['argocd.argoproj.io/tracking-id'],
      `${team.name}_${name}:apps/Deployment:${team.name}/web`,
    );
  });

  it('has none in another namespace or project', async () => {
    const elsewhere = { ...portal.ref(name), namespace: 'contract-none' };
    await assert.rejects(client.get(elsewhere), { errorClass: 'not-found' });
    const { project: _, ...nobodys } = elsewhere;
    await assert.rejects(client.get(nobodys), { errorClass: 'forbidden' });
    const other = { ...portal.ref(name, team.name), project: 'default' };
    await assert.rejects(client.get(other), { errorClass: 'not-found' });
  });

  it('refuses one whose project does not name the namespace: it is listed, and nothing else', async () => {
    await world.deploy(name, { appNamespace: stranger.name, isHopeless: true });
    const record = await eventually(
      async () => {
        const found = await portal.listed(name, stranger.name);
        assert.equal(found.health.status, 'Unknown');
        return found;
      },
      30,
      'the refusal',
    );
    assert.equal(record.sync.status, 'Unknown');
    const { status, body } = await world.ask(`/api/v1/applications/${name}`, {
      query: { appNamespace: stranger.name },
    });
    assert.deepEqual(
      [status, body.message],
      [400, `app is not allowed in project "${world.project}", or the project does not exist`],
    );
  });
}
