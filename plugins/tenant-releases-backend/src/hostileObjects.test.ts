import { setTimeout as delay } from 'node:timers/promises';
import type { Release } from '@internal/plugin-tenant-releases-common';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { applicationOf, podOf } from './__testUtils__/objects';
import { image, source } from './__testUtils__/situations/Situation';
import { TestFleet } from './__testUtils__/TestFleet';

jest.setTimeout(60_000);

/** Deeper than the stack of a copy that calls itself for each level. */
const depth = 9_000;
const deepList = () => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
const deepObject = () => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
const huge = 'a'.repeat(500_000);
const odd = { status: { health: { status: 7 } } };
const helm = (more: object) =>
  source('t-x', { helm: { valueFiles: ['/gitops/tenants/t-x-values.yaml'], ...more } });

const applications: Array<[string, (head: string) => object]> = [
  [
    'deep values beside an odd field',
    head => applicationOf('t-x', head, { ...odd, spec: helm({ valuesObject: deepObject() }) }),
  ],
  [
    'a deep list in values beside an odd field',
    head => applicationOf('t-x', head, { ...odd, spec: helm({ valuesObject: { x: deepList() } }) }),
  ],
  [
    'a deep field that is not read beside an odd one',
    head => applicationOf('t-x', head, { ...odd, spec: { info: deepList() } }),
  ],
  [
    'a path that goes up a hundred thousand times',
    head => applicationOf('t-x', head, { spec: source('t-x', { path: '../'.repeat(100_000) }) }),
  ],
  [
    'values files that go up a hundred thousand times',
    head =>
      applicationOf('t-x', head, { spec: helm({ valueFiles: [`a/${'../'.repeat(100_000)}`] }) }),
  ],
  [
    'a server without end',
    head =>
      applicationOf('t-x', head, {
        spec: { destination: { server: `https://${huge}`, namespace: 't-x' } },
      }),
  ],
  [
    'a cluster’s name without end',
    head => applicationOf('t-x', head, { spec: { destination: { name: huge, namespace: 't-x' } } }),
  ],
  [
    'a tag without end',
    head =>
      applicationOf('t-x', '', {
        status: {
          summary: { images: [image(huge)] },
          sync: { status: 'OutOfSync', revision: head },
        },
      }),
  ],
  [
    'times without end',
    head =>
      applicationOf('t-x', head, {
        status: {
          health: { status: 'Degraded', lastTransitionTime: huge },
          operationState: { phase: 'Failed', startedAt: huge, finishedAt: huge },
          conditions: [{ type: 'SyncError', message: 'x', lastTransitionTime: huge }],
        },
      }),
  ],
];

const changedPod = (change: { metadata?: object; status?: object }) => {
  const pod = podOf('t-x', 'p', image('sha-2')) as Record<'metadata' | 'status', object>;
  return {
    ...pod,
    metadata: { ...pod.metadata, ...change.metadata },
    status: { ...pod.status, ...change.status },
  };
};
const podsOf: Array<[string, () => object]> = [
  [
    'a deep field that is not read beside an odd one',
    () => changedPod({ metadata: { managedFields: deepList() }, status: { phase: 7 } }),
  ],
  ['a start without end', () => changedPod({ status: { startTime: huge } })],
];

/** What a list, an event and the row of the other tenant make of an odd object. */
async function judge(spoil: (fleet: TestFleet, head: string) => void) {
  const fleet = new TestFleet();
  const tenants = ['t-good', 't-x'];
  fleet.git.commit(Object.fromEntries(tenants.map(t => [tenantPath(t), tenantFile(t, 'sha-2')])));
  const head = fleet.git.headSha;
  for (const tenant of tenants) {
    fleet.applications.set(`argocd/${tenant}`, applicationOf(tenant, head));
    fleet.pods.set(`${tenant}/p`, podOf(tenant, 'p', image('sha-2')));
  }
  spoil(fleet, head);
  fleet.start();
  let longestMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
  }, 5);
  try {
    const row = (tenant: string): Release | undefined =>
      fleet.board.ofTenant(tenant).map(ref => fleet.board.release(ref))[0];
    const look = async () => {
      await delay(600);
      row('t-good');
      await delay(600);
      return {
        good: row('t-good')?.state,
        down: fleet.board
          .sources()
          .filter(({ id, state }) => state !== 'ok' && id !== 'kubernetes')
          .map(({ id }) => id),
      };
    };
    const listed = await look();
    for (const [key, application] of fleet.applications) fleet.sendApplication(key, application);
    for (const [key, pod] of fleet.pods) fleet.sendPod(key, pod);
    const told = await look();
    return { listed, told, odd: row('t-x'), longestMs, errors: fleet.errors };
  } finally {
    clearInterval(timer);
    await fleet.stop();
  }
}

/** What is well, whatever the odd object is. */
const well = { good: 'in-sync', down: [] };
/** The longest that one object may keep everybody waiting, on a busy machine. Milliseconds. */
const patienceMs = 2_000;

describe('an object that is made to harm', () => {
  it.each(applications)('costs itself: an Application with %s', async (_, make) => {
    const found = await judge((fleet, head) => fleet.applications.set('argocd/t-x', make(head)));
    expect(found).toMatchObject({ listed: well, told: well, errors: [] });
    expect(found.longestMs).toBeLessThan(patienceMs);
    expect(JSON.stringify(found.odd).length).toBeLessThan(10_000);
    expect(found.odd?.state).not.toBe('in-sync');
    expect(found.odd?.reasons.map(({ code }) => code)).toContain('APPLICATION_INVALID');
  });

  it.each(podsOf)('costs itself: a pod with %s', async (_, make) => {
    const found = await judge(fleet => fleet.pods.set('t-x/p', make()));
    expect(found).toMatchObject({ listed: well, told: well, errors: [] });
    expect(JSON.stringify(found.odd).length).toBeLessThan(10_000);
  });
});
