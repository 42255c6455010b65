import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { ContractApplications } from '../servers/ContractApplications.ts';
import { PortalReader } from '../servers/PortalReader.ts';
import type { Context } from './contract.ts';

/** Sync windows: which are meant for an Application, which are open, and what an automated one does meanwhile. */
export function argocdWindowsSuite(context: Context<'argocd'>): void {
  const { closedWindow } = context.workspace;
  const world = new ContractApplications(context.servers);
  const portal = new PortalReader(context, world);
  const { client } = portal;
  const name = (what: string) => `${world.project}-${what}`;
  const newYear = { kind: 'allow', schedule: '0 3 1 1 *', duration: '1h' };
  /** Not the schedule of the other: the answers name no time zone, by which they differ. */
  const nextDay = { ...newYear, schedule: '0 3 2 1 *' };
  const always = { schedule: '* * * * *', duration: '1h' };
  const windows = [
    { ...newYear, timeZone: 'Europe/Berlin', applications: ['*-closed'], manualSync: true },
    { ...always, kind: 'deny', applications: ['*-frozen'], description: 'A freeze' },
    { ...always, kind: 'allow', applications: ['*-open'], timeZone: 'Europe/Berlin' },
    { ...nextDay, applications: ['*-open'] },
    {
      ...always,
      kind: 'deny',
      andOperator: true,
      applications: ['*-free'],
      namespaces: ['contract-none'],
    },
  ];
  const waiting = ['closed', 'frozen'].map(name);
  let commit: string;

  const file = (what: string) => ({
    [`${what}/map.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${what} }\n`,
  });
  const asked = async (what: string) => {
    const ref = portal.ref(name(what));
    return {
      windows: await client.syncWindows(ref),
      project: await client.projectWindows(world.project),
    };
  };

  before(async () => {
    await world.create({ syncWindows: windows });
    const kinds = ['closed', 'frozen', 'open', 'free'];
    commit = await world.commit('First', Object.assign({}, ...kinds.map(file)));
    for (const what of kinds) await world.deploy(name(what), { path: what });
    await world.settled(name('open'), commit);
    await world.settled(name('free'), commit);
  });
  after(() => world.remove());

  it('leaves an automated Application as it is while its window is closed, and says nothing of it', async () => {
    for (const each of waiting) {
      await eventually(
        async () => assert.equal((await world.status(each)).sync?.status, 'OutOfSync'),
        30,
        'the comparison',
      );
      const { sync, conditions, operationState } = await world.status(each);
      assert.deepEqual(
        [sync.status, sync.revision, conditions, operationState],
        ['OutOfSync', commit, undefined, undefined],
      );
      assert.equal((await portal.whole(each)).isAutomated, true);
    }
  });

  it('answers with the windows that are meant for it and those that are open, without their time zones', async () => {
    const ask = async (what: string) =>
      (await world.ask(`/api/v1/applications/${name(what)}/syncwindows`)).body;
    const shown = (window: object, manualSync = false) => ({ ...window, manualSync });
    const freeze = shown({ kind: 'deny', ...always });
    const open = shown({ kind: 'allow', ...always });
    // canSync is about a person's sync: this window lets one through although it is closed.
    assert.deepEqual(await ask('closed'), {
      assignedWindows: [shown(newYear, true)],
      canSync: true,
    });
    assert.deepEqual(await ask('frozen'), {
      activeWindows: [freeze],
      assignedWindows: [freeze],
      canSync: false,
    });
    assert.deepEqual(await ask('open'), {
      activeWindows: [open],
      assignedWindows: [open, shown(nextDay)],
      canSync: true,
    });
    assert.deepEqual(await ask('free'), { canSync: true });
  });

  it('tells of the project all of them, with their time zones', async () => {
    const { body } = await world.ask(`/api/v1/projects/${world.project}`);
    assert.deepEqual(body.spec.syncWindows, windows);
  });

  it('tells the portal which window is closed, and until when', async () => {
    const now = new Date('2026-06-01T12:00:00Z');
    assert.deepEqual(closedWindow(await asked('closed'), now), {
      kind: 'allow',
      schedule: newYear.schedule,
      until: '2027-01-01T02:00:00Z',
    });
    assert.equal(closedWindow(await asked('frozen'), now)?.kind, 'deny');
    assert.equal(closedWindow(await asked('open'), now), undefined);
    assert.equal(closedWindow(await asked('free'), now), undefined);
  });

  it('holds back a sync that was asked for; it begins when the window opens', async () => {
    const frozen = name('frozen');
    await world.change(frozen, { operation: { sync: {}, initiatedBy: { username: 'ada' } } });
    const { operation } = await eventually(
      async () => {
        const record = await portal.whole(frozen);
        assert.ok(record.operation?.message);
        return record;
      },
      30,
      'the operation',
    );
    assert.deepEqual(
      [operation?.phase, operation?.message],
      ['Running', 'Sync operation blocked by sync window'],
    );
    await world.changeProject({ spec: { syncWindows: [] } });
    await eventually(
      async () => {
        for (const each of waiting) {
          await world.status(each);
          const { sync, operation: done } = await portal.whole(each);
          assert.deepEqual([sync.status, done?.phase], ['Synced', 'Succeeded']);
        }
      },
      60,
      'the sync',
    );
  });
}
