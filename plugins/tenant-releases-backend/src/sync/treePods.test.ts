import { treePod } from '../__testUtils__/objects';
import { resourceTreeSchema } from './resourceSchemas';
import { treePods } from './treePods';

const pods = (...nodes: object[]) => treePods(resourceTreeSchema.parse({ nodes }));

describe('treePods', () => {
  const startedAt = '2026-01-01T00:00:00Z';
  const node = (more: object) => treePod('a:1', { createdAt: startedAt, ...more });

  it.each<[string, object, object]>([
    ['a pod', node({}), { images: ['a:1'], ready: true, startedAt }],
    [
      'one of which a container is not ready',
      node({ info: [{ name: 'Containers', value: '1/2' }] }),
      { images: ['a:1'], ready: false, startedAt },
    ],
    [
      'one that is not healthy',
      node({ health: { status: 'Progressing' } }),
      { images: ['a:1'], ready: false, startedAt },
    ],
    ['one without health', node({ health: null }), { images: ['a:1'], ready: false, startedAt }],
    [
      'one that tells of no container',
      node({ info: null }),
      { images: ['a:1'], ready: true, startedAt },
    ],
    [
      'one that tells something else',
      node({ info: [{ name: 'Containers', value: 'some' }] }),
      { images: ['a:1'], ready: true, startedAt },
    ],
    [
      'one without images and time',
      node({ images: null, createdAt: null }),
      { images: [], ready: true },
    ],
    [
      'one of a ReplicaSet',
      node({ parentRefs: [{ kind: 'ReplicaSet', name: 'x' }] }),
      { images: ['a:1'], ready: true, startedAt },
    ],
  ])('finds %s', (_, pod, expected) => {
    expect(pods(pod)).toEqual([expected]);
  });

  it('leaves out pods of Jobs, and what is called Pod elsewhere', () => {
    const nodes = [
      node({ parentRefs: [{ kind: 'Job', name: 'x' }] }),
      node({ group: 'metrics.k8s.io' }),
      node({ kind: 'Deployment' }),
    ];
    expect(pods(...nodes)).toEqual([]);
  });

  it('does not keep any number of pods', () => {
    const nodes = Array.from({ length: 600 }, (_, at) => node({ name: `p${at}` }));
    expect(pods(...nodes)).toHaveLength(500);
  });

  it.each([
    'Terminating',
    'Evicted',
    'NodeShutdown',
    'Terminated',
    'Completed',
    'Succeeded',
    'Failed',
  ])('leaves out what has ended, or is about to: %s', reason => {
    expect(pods(node({ info: [{ name: 'Status Reason', value: reason }] }))).toEqual([]);
  });

  it.each(['Running', 'Error', 'CrashLoopBackOff', 'Init:0/1', 'Unknown'])(
    'keeps what is to run: %s',
    reason => {
      expect(pods(node({ info: [{ name: 'Status Reason', value: reason }] }))).toHaveLength(1);
    },
  );
});
