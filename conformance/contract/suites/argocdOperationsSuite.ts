import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { ContractApplications } from '../servers/ContractApplications.ts';
import { PortalReader } from '../servers/PortalReader.ts';
import type { Context } from './contract.ts';

const configMap = (name: string, metadata = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${metadata} }\n`;

const deployment = (name: string, replicas: number, tag: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{ name: ${name}, image: "registry.example.com/contract:${tag}" }]
`;

/** The first wave never gets healthy: there is no such image. */
const slow = [
  deployment('slow', 1, 'none-missing'),
  configMap('last', ', annotations: { argocd.argoproj.io/sync-wave: "1" }'),
].join('---\n');

const cronJob = `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 3 1 1 *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{ name: nightly, image: "registry.example.com/contract:1.0.0" }]
`;

/** Syncs that do not come to their end, in Argo CD's words; destinations that are none; workloads at rest. */
export function argocdOperationsSuite(context: Context<'argocd'>): void {
  const world = new ContractApplications(context.servers);
  const portal = new PortalReader(context, world);
  const name = (what: string) => `${world.project}-${what}`;
  const becomes = <T>(what: string, check: () => Promise<T>) => eventually(check, 40, what);
  let commit: string;

  before(async () => {
    await world.create();
    commit = await world.commit('First', {
      'slow/all.yaml': slow,
      'refused/all.yaml': configMap('refused', ', namespace: contract-none'),
      'zero/all.yaml': deployment('zero', 0, '1.0.0'),
      'periodic/all.yaml': cronJob,
    });
    const backoff = { duration: '20s' };
    await world.deploy(name('slow'), { path: 'slow' });
    await world.deploy(name('refused'), {
      path: 'refused',
      syncPolicy: { automated: {}, retry: { limit: 2, backoff } },
    });
    await world.deploy(name('zero'), { path: 'zero' });
    await world.deploy(name('periodic'), { path: 'periodic' });
  });
  after(() => world.remove());

  it('says what a running sync waits for', async () => {
    const { operation, sync } = await becomes('the message', async () => {
      const record = await portal.whole(name('slow'));
      // Before it waits for the slow one it may be seen waiting for what has just been applied.
      assert.match(record.operation?.message ?? '', /^waiting for healthy state of apps/);
      return record;
    });
    assert.deepEqual(
      [operation?.phase, operation?.message, operation?.finishedAt, sync.status],
      ['Running', 'waiting for healthy state of apps/Deployment/slow', undefined, 'OutOfSync'],
    );
  });

  it('says that somebody ended a sync; the error that repeats it is no problem of its own', async () => {
    const slowly = name('slow');
    await world.change(slowly, { status: { operationState: { phase: 'Terminating' } } });
    const record = await becomes('the end', async () => {
      await world.status(slowly);
      const found = await portal.whole(slowly);
      assert.equal(found.operation?.phase, 'Failed');
      return found;
    });
    assert.equal(record.operation?.message, 'Operation terminated');
    await becomes('the condition', async () => {
      const { conditions = [] } = await world.status(slowly);
      assert.deepEqual(
        conditions.map(({ type, message }: { type: string; message: string }) => [type, message]),
        [['SyncError', `Failed last sync attempt to [${commit}]: Operation terminated`]],
      );
    });
    assert.equal((await portal.whole(slowly)).details?.problem, undefined);
  });

  it('says that it tries again, while the operation goes on', async () => {
    const record = await becomes('the second attempt', async () => {
      const found = await portal.whole(name('refused'));
      assert.match(found.operation?.message ?? '', /Retrying/);
      return found;
    });
    assert.equal(record.operation?.phase, 'Running');
    assert.match(
      record.operation?.message ?? '',
      /^one or more synchronization tasks are not valid.*\. Retrying attempt #\d at \d+:\d\d[AP]M\.$/,
    );
    // The attempt has an end, the operation has none.
    assert.ok(record.operation?.finishedAt);
    // An Application is not taken away while an operation goes on.
    await world.change(name('refused'), { spec: { syncPolicy: null }, operation: null });
  });

  it('says why a destination is none', async () => {
    const destinations: Array<[string, object, string]> = [
      [
        'unaddressed',
        { name: null, server: '{{.server}}' },
        'error getting cluster by server "{{.server}}": rpc error: code = NotFound desc = cluster "{{.server}}" not found',
      ],
      ['unknown', { name: 'nowhere' }, 'there are no clusters with this name: nowhere'],
      [
        'both',
        { server: 'https://kubernetes.default.svc' },
        "application destination can't have both name and server defined: in-cluster https://kubernetes.default.svc",
      ],
      ['neither', { name: null }, 'Destination server missing from app spec'],
    ];
    for (const [what, destination, message] of destinations) {
      await world.deploy(name(what), { path: 'zero', isHopeless: true });
      await world.change(name(what), { spec: { destination } });
      await becomes(what, async () => {
        const { conditions, health, sync } = await world.status(name(what));
        assert.deepEqual(
          [conditions?.[0].type, conditions?.[0].message, health?.status, sync?.status],
          ['InvalidSpecError', message, 'Unknown', 'Unknown'],
        );
      });
      const { details } = await portal.whole(name(what));
      assert.ok(details?.destinationProblem, what);
    }
  });

  it('calls no pods by wish, and a CronJob between its runs, Healthy', async () => {
    await world.settled(name('zero'), commit);
    await world.settled(name('periodic'), commit);
    assert.deepEqual((await portal.whole(name('periodic'))).details?.resources[0].health, {
      status: 'Healthy',
      message: 'CronJob has not been scheduled yet',
    });
    const facts = async (what: string) => {
      const ref = portal.ref(name(what));
      const tree = await portal.client.resourceTree(ref);
      return context.workspace.workloadFacts(tree, await portal.client.managedResources(ref));
    };
    const zero = { replicas: 0, paused: false, deadlineSeconds: 600, pods: [] };
    assert.deepEqual(await facts('zero'), zero);
    assert.deepEqual(await facts('periodic'), { isPeriodic: true, paused: false, pods: [] });
  });
}
