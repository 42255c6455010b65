import type { ApplicationState } from '@internal/plugin-tenant-releases-common';
import type { DesiredEntry } from '../desired/DesiredIndex';
import { imageHint, treePodState, versionsOf } from './imageHint';

const digest = `sha256:${'a'.repeat(64)}`;
const repository = 'ghcr.io/acme/demo-api';
const entry = (image: object) => ({ file: { image: { repository, ...image } } } as DesiredEntry);

describe('imageHint', () => {
  it('tells what the tenant file says of the image', () => {
    expect(imageHint(entry({ tag: 'sha-1' }))).toEqual({ repository, versions: ['sha-1'] });
    expect(imageHint(entry({ tag: 'sha-1', digest }))).toEqual({
      repository,
      versions: ['sha-1'],
      digests: new Map([[digest, 'sha-1']]),
    });
  });

  it('knows nothing without a file', () => {
    expect(imageHint(undefined)).toEqual({ versions: [] });
    expect(imageHint({} as DesiredEntry)).toEqual({ versions: [] });
  });
});

describe('versionsOf', () => {
  it('tells what may run: synced, wanted, overridden, followed', () => {
    const application = {
      version: 'a',
      override: { version: 'c', by: 'x' },
      follows: { branch: 'main', revision: 'x', version: 'd' },
    } as ApplicationState;
    expect(versionsOf(entry({ tag: 'b' }), application)).toEqual(['a', 'b', 'c', 'd']);
    expect(versionsOf(entry({ tag: 'b' }), undefined)).toEqual(['b']);
    expect(
      versionsOf(undefined, { follows: { branch: 'main', revision: 'x' } } as ApplicationState),
    ).toEqual([]);
  });
});

describe('treePodState', () => {
  const pod = (...images: string[]) => ({ images, ready: true });
  const problem = 'its image is given by a digest alone, and nothing tells which version that is';

  it.each<[string, string[], object | undefined]>([
    ['the service’s image', [`${repository}:sha-1`], { version: 'sha-1' }],
    [
      'its image among others',
      ['envoy:1', 'mirror:5000/acme/demo-api:sha-1'],
      { version: 'sha-1' },
    ],
    ['no tag', [repository], { version: 'latest' }],
    ['a tag and a digest', [`${repository}:sha-1@${digest}`], { version: 'sha-1' }],
    ['a digest', [`${repository}@${digest}`], { problem }],
    ['other images', ['envoy:1'], undefined],
    ['no image', [], undefined],
  ])('tells of a pod with %s', (_, images, expected) => {
    expect(treePodState(pod(...images), { repository, versions: [] })).toEqual(
      expected && { ready: true, ...expected },
    );
  });

  it('knows a digest from the file, or as the version itself', () => {
    const own = pod(`${repository}@${digest}`);
    const digests = new Map([[digest, 'sha-1']]);
    expect(treePodState(own, { repository, versions: [], digests })).toMatchObject({
      version: 'sha-1',
    });
    expect(treePodState(own, { repository, versions: [digest] })).toMatchObject({
      version: digest,
    });
  });

  it('takes the first image where nobody knows the repository, and keeps the time', () => {
    const startedAt = '2026-01-01T00:00:00Z';
    expect(
      treePodState({ images: ['a:1', 'b:2'], ready: false, startedAt }, { versions: [] }),
    ).toEqual({
      version: '1',
      ready: false,
      startedAt,
    });
  });
});
