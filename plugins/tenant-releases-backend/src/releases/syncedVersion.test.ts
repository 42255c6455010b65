import type { ApplicationRecord } from '../sync/ApplicationRecord';
import { syncedVersion } from './syncedVersion';

const repository = 'ghcr.io/acme/demo-api';
const fromGit = new Map([
  ['r1', 'sha-1'],
  ['r2', 'sha-2'],
]);

function record(more: Partial<ApplicationRecord>): ApplicationRecord {
  return {
    instance: 'main',
    name: 'acme',
    namespace: 'argocd',
    tenants: [],
    labels: {},
    destination: {},
    kustomizeImages: [],
    isAutomated: true,
    unreadable: [],
    sync: { status: 'Synced' },
    health: { status: 'Healthy' },
    images: [],
    ...more,
  };
}

const succeeded = (revision: string) => ({ phase: 'Succeeded', revision } as const);

describe('syncedVersion', () => {
  const cases: Array<[string, Partial<ApplicationRecord>, string | undefined]> = [
    ['the revision that is in sync', { sync: { status: 'Synced', revision: 'r2' } }, 'sha-2'],
    [
      'the revision that is in sync, whatever operation was last',
      { sync: { status: 'Synced', revision: 'r2' }, operation: succeeded('r1') },
      'sha-2',
    ],
    [
      'the last operation while another revision waits',
      { sync: { status: 'OutOfSync', revision: 'r2' }, operation: succeeded('r1') },
      'sha-1',
    ],
    ['the last operation where a list tells no revision', { operation: succeeded('r1') }, 'sha-1'],
    [
      'the last deployment when the operation failed',
      {
        sync: { status: 'OutOfSync', revision: 'r2' },
        operation: { phase: 'Failed', revision: 'r2' },
        details: {
          history: [{ revision: 'r0' }, { revision: 'r1' }],
          drifted: [],
          resources: [],
        },
      },
      'sha-1',
    ],
    [
      'the image when the revision tells nothing',
      { sync: { status: 'Synced', revision: 'r9' }, images: [`${repository}:sha-9`, 'redis:7'] },
      'sha-9',
    ],
    [
      'nothing while Argo CD names the old image and the new',
      { images: [`${repository}:sha-1`, `${repository}:sha-2`] },
      undefined,
    ],
    ['nothing when there is nothing', {}, undefined],
  ];

  it.each(cases)('%s', (_, more, expected) => {
    expect(syncedVersion(record(more), repository, revision => fromGit.get(revision))).toBe(
      expected,
    );
  });

  it('takes the only image there is when no tenant file names one', () => {
    const images = ['localhost:5000/x@sha256:abc', 'localhost:5000/x@sha256:abc'];
    expect(syncedVersion(record({ images }), undefined, () => undefined)).toBe('sha256:abc');
  });
});
