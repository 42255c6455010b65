import type {
  ReleaseDiff,
  ReleaseResource,
  ReleaseResources,
} from '@internal/plugin-tenant-releases-common';
import type { CommitPair } from '../domain/commitPair';
import { ago, createSource } from './fixtures';

/** A commit: 40 times the same digit. */
export const commit = (digit: string) => digit.repeat(40);

/** A change of one line, as `diff -u` writes it. */
export const imageDiff = [
  '--- a/file',
  '+++ b/file',
  '@@ -8,3 +8,3 @@',
  ' image:',
  '-  tag: sha-0000001',
  '+  tag: sha-1a2b3c4',
  '',
].join('\n');

/** A change of the image that changes one rendered object of nine. */
export function createDiff(
  { from, to }: CommitPair = { from: commit('1'), to: commit('2') },
  part: Partial<ReleaseDiff> = {},
): ReleaseDiff {
  return {
    tenant: 'tenant-a',
    service: 'demo-api',
    from: { commit: from, version: 'sha-0000001', author: 'Lin', committedAt: ago(90_000) },
    to: { commit: to, version: 'sha-1a2b3c4', author: 'Ada', committedAt: ago(7_231) },
    values: {
      path: 'gitops/tenants/tenant-a-values.yaml',
      diff: imageDiff,
      keys: [{ key: 'image.tag', change: 'changed', from: 'sha-0000001', to: 'sha-1a2b3c4' }],
      truncated: false,
    },
    manifests: {
      objects: [
        {
          chart: 'charts/tenant',
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'demo-api',
          namespace: 'tenant-a',
          change: 'changed',
          diff: imageDiff,
          truncated: false,
        },
      ],
      unchanged: 8,
      truncated: false,
    },
    ...part,
  };
}

/** A Deployment that is as in Git and healthy. */
export function createResource(part: Partial<ReleaseResource> = {}): ReleaseResource {
  const { kind = 'Deployment', name = 'demo-api', group = 'apps' } = part;
  return {
    id: `${group}/${kind}/tenant-a/${name}`,
    group,
    version: 'v1',
    kind,
    namespace: 'tenant-a',
    name,
    managed: true,
    status: 'Synced',
    health: { status: 'Healthy' },
    ...part,
  };
}

/** What `GET /releases/:tenant/:service/resources` answers: a Deployment and a Service, unless told otherwise. */
export function createResources(
  items: ReleaseResource[] = [createResource(), createResource({ group: '', kind: 'Service' })],
  part: Partial<ReleaseResources> = {},
): ReleaseResources {
  return {
    application: 'tenant-a',
    items,
    truncated: false,
    checkedAt: ago(2),
    source: createSource(),
    ...part,
  };
}
