import type { ApplicationState, PodState } from '../join/releaseParts';
import { workloadNeed, type WorkloadNeed } from './workloadNeed';

const now = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();

const pod: PodState = { version: 'sha-2', ready: true };
const other: PodState = { version: 'sha-1', ready: true };
const unready = (seconds: number): PodState => ({ ...pod, ready: false, startedAt: ago(seconds) });

type Health = ApplicationState['health']['status'];

function needOf(
  pods: PodState[],
  more: { health?: Health; phase?: 'Running' | 'Terminating' | 'Succeeded' | 'Failed' } = {},
  version: string | undefined = 'sha-2',
): WorkloadNeed {
  const { health = 'Healthy', phase = 'Succeeded' } = more;
  const record = {
    health: { status: health },
    operation: { phase },
    sync: { status: 'Synced' as const },
  };
  return workloadNeed(record, version === undefined ? {} : { version }, pods, now);
}

describe('workloadNeed', () => {
  it.each<[string, WorkloadNeed, WorkloadNeed]>([
    ['pods of the target', needOf([pod]), 'none'],
    ['what is suspended', needOf([pod], { health: 'Suspended' }), 'asked'],
    ['no pods', needOf([]), 'asked'],
    ['no pods of what is degraded', needOf([], { health: 'Degraded', phase: 'Failed' }), 'asked'],
    ['no pods while a sync runs', needOf([], { phase: 'Running' }), 'known'],
    ['no pods while a sync ends', needOf([], { phase: 'Terminating' }), 'known'],
    ['other versions', needOf([pod, other]), 'asked'],
    ['other versions of what is degraded', needOf([other], { health: 'Degraded' }), 'asked'],
    ['other versions while they roll out', needOf([other], { health: 'Progressing' }), 'none'],
    ['other versions while a sync runs', needOf([other], { phase: 'Running' }), 'none'],
    ['versions that cannot be told', needOf([{ ready: true }]), 'none'],
    ['a rollout that begins', needOf([unready(300)], { health: 'Progressing' }), 'none'],
    ['a rollout that takes long', needOf([unready(301)], { health: 'Progressing' }), 'asked'],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });

  it('asks nothing before the first sync', () => {
    const record = { health: { status: 'Missing' as const }, operation: undefined };
    const need = (status: 'OutOfSync' | 'Synced') =>
      workloadNeed({ ...record, sync: { status } }, {}, [], now);
    expect([need('OutOfSync'), need('Synced')]).toEqual(['none', 'asked']);
  });

  it('asks nothing about versions while nobody knows which should run', () => {
    const record = { health: { status: 'Healthy' as const }, sync: { status: 'Synced' as const } };
    expect(workloadNeed({ ...record, operation: undefined }, {}, [other], now)).toBe('none');
  });
});
