import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { ContractApplications } from '../servers/ContractApplications.ts';
import { PortalReader } from '../servers/PortalReader.ts';
import type { Context } from './contract.ts';

const image = 'registry.example.com/contract';

const base = (team: string) => ({
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { team: ${team} } }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{ name: web, image: "${image}:0.0.0" }]
`,
});

const overlay = (tag: string, resource = '../base') => ({
  'overlay/kustomization.yaml': `resources: [${resource}]\nimages: [{ name: ${image}, newTag: "${tag}" }]\n`,
});

/** A kustomization over a base that stands beside it. */
export function argocdKustomizeSuite(context: Context<'argocd'>): void {
  const world = new ContractApplications(context.servers);
  const portal = new PortalReader(context, world);
  const name = `${world.project}-overlay`;

  before(async () => {
    await world.create();
    const commit = await world.commit('Overlay', { ...base('one'), ...overlay('1.0.0') });
    await world.deploy(name, { path: 'overlay' });
    await world.settled(name, commit);
  });
  after(() => world.remove());

  it('builds it, and tells its images', async () => {
    const { sourceType, summary } = await world.status(name);
    assert.deepEqual([sourceType, summary.images], ['Kustomize', [`${image}:1.0.0`]]);
    const record = await portal.whole(name);
    assert.deepEqual([record.images, record.gitops?.folder], [[`${image}:1.0.0`], 'overlay']);
  });

  it('builds it anew when only its base has changed', async () => {
    const commit = await world.commit('Base', base('two'));
    await world.settled(name, commit);
    const { body } = await world.space.ok(world.space.path('apps/v1/deployments/web'));
    assert.equal(body.metadata.labels.team, 'two');
  });

  it('says in the words of kustomize what cannot be built, and keeps what is deployed', async () => {
    await world.commit('No base', overlay('1.1.0', '../none'));
    const { conditions, sync } = await eventually(
      async () => {
        const status = await world.status(name);
        assert.ok(status.conditions);
        return status;
      },
      30,
      'the problem',
    );
    assert.equal(sync.status, 'Unknown');
    assert.match(
      conditions[0].message,
      /^Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = (Manifest generation error \(cached\): )?`kustomize build <path to cached source>\/overlay` failed exit status 1: Error: accumulating resources: .*none/s,
    );
    assert.deepEqual((await portal.whole(name)).images, [`${image}:1.0.0`]);
    await world.settled(name, await world.commit('Mended', overlay('1.1.0')));
  });
}
