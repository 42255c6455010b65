import { ago, applicationOf, operation } from '../objects';
import { nobody, outOfSync, pods, type Commits, type Held, type Situation } from './Situation';

/** A sync to the head that began so many seconds ago and has not come to its end. */
const inFlight = (
  tenant: string,
  { head, old }: Pick<Commits, 'head' | 'old'>,
  seconds: number,
  message: string,
  spec: object = {},
  phase = 'Running',
): Held => ({
  applications: [
    applicationOf(tenant, head, {
      spec,
      status: outOfSync(head, old, {
        operationState: operation(phase, head, {
          startedAt: ago(seconds),
          finishedAt: undefined,
          message,
        }),
        history: [{ id: 1, revision: old, deployedAt: ago(90_000) }],
      }),
    }),
  ],
  pods: pods(tenant, 'sha-1'),
});

/** Syncs that have not come to their end, with Git ahead of what is synced. */
export const underWaySituations: Situation[] = [
  {
    name: 'a hook that runs for another version, merged long ago',
    hold: (tenant, commits) =>
      inFlight(tenant, commits, 540, 'waiting for completion of hook batch/Job/migrate'),
    state: 'progressing',
    codes: ['HOOKS_RUNNING', 'GIT_AHEAD'],
    synced: 'sha-1',
  },
  {
    name: 'a sync that brings another version, merged long ago',
    hold: (tenant, commits) => inFlight(tenant, commits, 20, 'waiting for healthy state'),
    state: 'progressing',
    codes: ['GIT_AHEAD'],
    synced: 'sha-1',
  },
  {
    name: 'a sync that is tried again for another version',
    hold: (tenant, commits) =>
      inFlight(tenant, commits, 60, 'quota. Retrying attempt #2 at 1:00PM.'),
    state: 'progressing',
    codes: ['SYNC_RETRYING', 'GIT_AHEAD'],
  },
  {
    name: 'a sync that is tried again for three hours',
    hold: (tenant, commits) =>
      inFlight(tenant, commits, 10_800, 'quota. Retrying attempt #40 at 1:00PM.'),
    state: 'degraded',
    codes: ['SYNC_RETRYING', 'GIT_AHEAD'],
    text: /tries again: quota/,
  },
  {
    name: 'a hook that runs for five hours',
    hold: (tenant, { head, bumped }) => ({
      ...inFlight(
        tenant,
        { head, old: bumped },
        18_000,
        'waiting for completion of hook batch/Job/migrate',
      ),
      pods: pods(tenant, 'sha-2'),
    }),
    state: 'drifted',
    codes: ['HOOKS_RUNNING'],
  },
  {
    name: 'sync by hand, and a person has just asked for it',
    hold: (tenant, commits) => inFlight(tenant, commits, 5, 'waiting for healthy state', nobody),
    state: 'progressing',
    codes: ['GIT_AHEAD'],
    text: /^Git wants sha-2; Argo CD has synced sha-1 so far\.$/,
  },
  {
    name: 'a sync that has reached its time limit',
    hold: (tenant, commits) =>
      inFlight(tenant, commits, 700, 'operation is terminating due to timeout', {}, 'Terminating'),
    state: 'progressing',
    codes: ['SYNC_TERMINATED', 'GIT_AHEAD'],
    text: /^The sync has reached its time limit and is being ended\./,
  },
];
