import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '../__testUtils__/eventually';
import { podOf } from '../__testUtils__/objects';
import type { KubernetesApi } from './KubernetesClient';
import { PodWatch } from './PodWatch';
import { RunningIndex } from './RunningIndex';

const digest = `sha256:${'a'.repeat(64)}`;
const repository = 'ghcr.io/acme/demo-api';
const pod = (...images: string[]) => ({ images, ready: true });

describe('pods of Argo CD’s tree', () => {
  const index = new RunningIndex([]);

  it.each<[string, string[], object[]]>([
    ['the service’s image', [`${repository}:sha-1`], [{ version: 'sha-1' }]],
    [
      'its image among others',
      ['envoy:1', 'mirror:5000/acme/demo-api:sha-1'],
      [{ version: 'sha-1' }],
    ],
    ['no tag', [repository], [{ version: 'latest' }]],
    ['a tag and a digest', [`${repository}:sha-1@${digest}`], [{ version: 'sha-1' }]],
    [
      'a digest',
      [`${repository}@${digest}`],
      [
        {
          problem:
            'its image is given by the digest sha256:aaaaaaaaaaaa alone, and nothing tells which version that is',
        },
      ],
    ],
    ['other images', ['envoy:1'], []],
    ['no image', [], []],
  ])('tell of %s', (_, images, expected) => {
    const found = index.treePods([pod(...images)], 'acme', { repository, versions: [] });
    expect(found).toEqual(expected.map(each => ({ ready: true, ...each })));
  });

  it('know a digest from the file, or as the version itself', () => {
    const own = [pod(`${repository}@${digest}`)];
    const digests = new Map([[digest, 'sha-1']]);
    expect(index.treePods(own, 'acme', { repository, versions: [], digests })).toMatchObject([
      { version: 'sha-1' },
    ]);
    expect(index.treePods(own, 'acme', { repository, versions: [digest] })).toMatchObject([
      { version: digest },
    ]);
  });

  it('know a digest from pods that were started by the tag', async () => {
    const api: KubernetesApi = {
      probe: async () => {},
      list: async () => ({
        version: '1',
        items: [
          podOf('acme', 'p', `${repository}:sha-1`, {
            containerStatuses: [{ name: 'demo-api', imageID: `${repository}@${digest}` }],
          }),
        ],
      }),
      async *watch(_, signal) {
        await new Promise(resolve => signal.addEventListener('abort', resolve));
      },
    };
    const logger = mockServices.logger.mock();
    const watching = new RunningIndex([new PodWatch({ name: 'one', api, logger })]);
    watching.start();
    const versions = () =>
      watching
        .treePods([pod(`${repository}@${digest}`)], 'acme', { repository, versions: [] })
        .map(({ version }) => version);
    await eventually(versions, ['sha-1']);
    expect(versions()).toEqual(['sha-1']);
    await watching.stop();
  });

  it('have the first image where nobody knows the repository, and keep the time', () => {
    const startedAt = '2026-01-01T00:00:00Z';
    const other = { images: ['a:1', 'b:2'], ready: false, startedAt };
    expect(index.treePods([other], 'acme', { versions: [] })).toEqual([
      { version: '1', ready: false, startedAt, unreadySince: startedAt },
    ]);
  });

  it.each<[string, object, string | undefined, string | undefined]>([
    ['is ready', { ready: true, startedAt: '2026-01-01T00:00:00Z' }, undefined, undefined],
    [
      'is older than the health',
      { ready: false, startedAt: '2026-01-01T00:00:00Z' },
      '2026-01-02T00:00:00Z',
      '2026-01-02T00:00:00Z',
    ],
    [
      'is younger than the health',
      { ready: false, startedAt: '2026-01-03T00:00:00Z' },
      '2026-01-02T00:00:00Z',
      '2026-01-03T00:00:00Z',
    ],
    ['has no time', { ready: false }, undefined, undefined],
  ])('have been unready since the later time: one that %s', (_, told, notBefore, expected) => {
    const found = index.treePods(
      [{ images: ['a:1'], ready: false, ...told }],
      'acme',
      { versions: [] },
      notBefore,
    );
    expect(found.map(({ unreadySince }) => unreadySince)).toEqual([expected]);
  });
});
