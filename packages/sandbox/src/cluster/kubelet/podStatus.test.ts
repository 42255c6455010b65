import { ContainerState, ContainerStatus, Pod } from '../model/workloads';
import { podStatus } from './podStatus';

const now = Date.parse('2026-11-23T10:00:00Z');
const place = { podIP: '10.244.0.2', hostIP: '127.0.0.1', startTime: '2026-11-23T09:00:00Z' };
const ended = (exitCode: number): ContainerState => ({
  terminated: { exitCode, reason: '', startedAt: '', finishedAt: '', containerID: '' },
});
const running: ContainerState = { running: { startedAt: '' } };
const waiting: ContainerState = { waiting: { reason: 'CrashLoopBackOff' } };

function pod(restartPolicy: 'Always' | 'OnFailure' | 'Never', status?: Pod['status']): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', uid: 'u', resourceVersion: '1', creationTimestamp: '', generation: 1 },
    spec: { restartPolicy, containers: [{ name: 'web', image: 'web:1' }] },
    ...(status ? { status } : {}),
  };
}

function container(
  state: ContainerState,
  ready = false,
  lastState: ContainerState = {},
): ContainerStatus {
  const name = 'web';
  return { name, state, lastState, ready, restartCount: 0, image: '', imageID: '', started: ready };
}

it.each([
  ['Always', container({ waiting: { reason: 'ContainerCreating' } }), 'Pending'],
  ['Always', container(running, true), 'Running'],
  ['Always', container(waiting, false, ended(1)), 'Running'],
  ['Always', container(ended(1)), 'Running'],
  ['OnFailure', container(ended(1)), 'Running'],
  ['OnFailure', container(ended(0)), 'Succeeded'],
  ['Never', container(ended(0)), 'Succeeded'],
  ['Never', container(ended(1)), 'Failed'],
] as const)('%s: %j is %s', (policy, status, expected) => {
  expect(podStatus(pod(policy), [status], place, now).phase).toBe(expected);
});

it('names the containers that are not ready', () => {
  const { conditions } = podStatus(pod('Always'), [container(running)], place, now);
  expect(conditions?.find(item => item.type === 'Ready')).toEqual({
    type: 'Ready',
    status: 'False',
    reason: 'ContainersNotReady',
    message: 'containers with unready status: [web]',
    lastProbeTime: null,
    lastTransitionTime: '2026-11-23T10:00:00Z',
  });
});

it('keeps the time of a condition that does not change', () => {
  const first = podStatus(pod('Always'), [container(running, true)], place, now);
  const later = podStatus(pod('Always', first), [container(running)], place, now + 5000);
  const times = Object.fromEntries(
    (later.conditions ?? []).map(item => [item.type, item.lastTransitionTime]),
  );
  expect(times).toMatchObject({
    Initialized: '2026-11-23T10:00:00Z',
    Ready: '2026-11-23T10:00:05Z',
  });
});
