import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { ContractApplications } from '../servers/ContractApplications.ts';
import { serveRollouts } from '../servers/serveRollouts.ts';
import { PortalReader } from '../servers/PortalReader.ts';
import type { Context } from './contract.ts';

const manifest = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }, { setWeight: 60 }] } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "registry.example.com/contract:1.0.0" }] }
`;

/** How Argo CD tells of a Rollout. No controller of Rollouts is needed: its part is played by what writes the status here. */
export function argocdRolloutSuite(context: Context<'argocd'>): void {
  const { workspace } = context;
  const world = new ContractApplications(context.servers);
  const portal = new PortalReader(context, world);
  const { client } = portal;
  const name = `${world.project}-rollout`;
  let giveBack = async () => {};

  const report = (status: object) =>
    world.space.ok(`${world.space.path('argoproj.io/v1alpha1/rollouts/web')}/status`, {
      method: 'PATCH',
      type: 'application/merge-patch+json',
      object: { status: { observedGeneration: '1', ...status } },
    });
  const becomes = (status: string) =>
    eventually(
      async () => {
        await world.status(name);
        const record = await portal.whole(name);
        assert.equal(record.health.status, status);
        return record;
      },
      30,
      status,
    );

  before(async () => {
    giveBack = await serveRollouts(world.space);
    await world.create();
    await world.commit('First', { 'rollout/all.yaml': manifest });
    await world.deploy(name, { path: 'rollout' });
  });
  after(async () => {
    await world.remove();
    await giveBack();
  });

  it('is Progressing until its controller has seen it; the sync is done', async () => {
    const { details, operation, sync } = await becomes('Progressing');
    assert.deepEqual(details?.resources, [
      {
        group: 'argoproj.io',
        kind: 'Rollout',
        namespace: world.project,
        name: 'web',
        status: 'Synced',
        health: {
          status: 'Progressing',
          message: 'Waiting for rollout spec update to be observed',
        },
      },
    ]);
    assert.deepEqual([operation?.phase, sync.status], ['Succeeded', 'Synced']);
  });

  it('is Suspended while it waits for a person, and the portal reads where', async () => {
    await report({
      phase: 'Paused',
      message: 'CanaryPauseStep',
      currentStepIndex: 1,
      controllerPause: true,
      pauseConditions: [{ reason: 'CanaryPauseStep', startTime: '2026-01-01T00:00:00Z' }],
    });
    const { details, sync } = await becomes('Suspended');
    assert.deepEqual(details?.resources[0].health, {
      status: 'Suspended',
      message: 'CanaryPauseStep',
    });
    // Its status does not make it differ from Git.
    assert.equal(sync.status, 'Synced');
    const ref = portal.ref(name);
    const managed = await client.managedResources(ref);
    const { paused, replicas } = workspace.workloadFacts(await client.resourceTree(ref), managed);
    assert.deepEqual([paused, replicas], [{ kind: 'Rollout', name: 'web', step: 2, steps: 3 }, 2]);
  });

  it('has its status in the live state, and in no other', async () => {
    const { items } = await client.managedResources(portal.ref(name));
    const [item] = items ?? [];
    const states = [item.liveState, item.normalizedLiveState, item.targetState];
    assert.deepEqual(
      states.map(text => 'status' in JSON.parse(text ?? '{}')),
      [true, false, false],
    );
  });

  it('is Degraded and Healthy as its controller says', async () => {
    const message = 'RolloutAborted: Rollout aborted update to revision 2';
    await report({ phase: 'Degraded', message, pauseConditions: null });
    const degraded = await becomes('Degraded');
    assert.deepEqual(degraded.details?.resources[0].health, { status: 'Degraded', message });
    await report({ phase: 'Healthy', message: '' });
    const healthy = await becomes('Healthy');
    assert.deepEqual(healthy.details?.resources[0].health, { status: 'Healthy' });
  });
}
