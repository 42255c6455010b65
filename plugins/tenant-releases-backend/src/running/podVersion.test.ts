import { Digests } from './Digests';
import type { ContainerRecord } from './PodRecord';
import { podsOfService, podVersion, type ImageHint } from './podVersion';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const repository = 'ghcr.io/acme/demo-api';
const hint: ImageHint = { repository, versions: ['sha-2', 'sha-1'] };

const find = (
  images: Array<[name: string, image: string]>,
  more: { hint?: ImageHint; digests?: Digests; unreadable?: string[] } = {},
) =>
  podVersion(
    {
      containers: images.map(([name, image]) => ({ name, image })),
      service: 'demo-api',
      tenant: 'tenant-a',
      unreadable: more.unreadable ?? [],
    },
    more.hint ?? hint,
    more.digests ?? new Digests(),
  );
const pulled = (container: Partial<ContainerRecord>, tenant = 'tenant-a') => ({
  tenant,
  containers: [{ name: 'x', image: '', ...container }],
});

describe('podVersion', () => {
  it.each<[string, Array<[string, string]>, string, string]>([
    ['one container', [['x', `${repository}:sha-2`]], 'x', 'sha-2'],
    [
      'a sidecar first',
      [
        ['proxy', 'envoy:1'],
        ['app', `${repository}:sha-2`],
      ],
      'app',
      'sha-2',
    ],
    [
      'a sidecar that is called like the service',
      [
        ['demo-api', 'envoy:1'],
        ['app', `${repository}:sha-2`],
      ],
      'app',
      'sha-2',
    ],
    [
      'a mirror',
      [
        ['proxy', 'envoy:1'],
        ['app', 'mirror:5000/acme/demo-api:sha-2'],
      ],
      'app',
      'sha-2',
    ],
    [
      'two with the image',
      [
        ['worker', `${repository}:sha-1`],
        ['demo-api', `${repository}:sha-2`],
      ],
      'demo-api',
      'sha-2',
    ],
    [
      'two with the image and other names',
      [
        ['worker', `${repository}:sha-1`],
        ['web', `${repository}:sha-2`],
      ],
      'worker',
      'sha-1',
    ],
    [
      'one that fits better',
      [
        ['x', 'mirror/demo-api:sha-1'],
        ['demo-api', 'demo-api:sha-0'],
        ['y', `${repository}:sha-2`],
      ],
      'y',
      'sha-2',
    ],
    ['another image alone', [['x', 'other/image:sha-9']], 'x', 'sha-9'],
    [
      'another image by the service’s name',
      [
        ['demo-api', 'other/image:sha-9'],
        ['y', 'z:1'],
      ],
      'demo-api',
      'sha-9',
    ],
    ['no tag', [['x', repository]], 'x', 'latest'],
    ['a tag with digest', [['x', `${repository}:sha-2@${digest('a')}`]], 'x', 'sha-2'],
  ])('tells it of %s', (_, images, name, version) => {
    expect(find(images)).toMatchObject({ container: { name }, version });
  });

  it.each<[string, Array<[string, string]>, string[], string]>([
    ['no container', [], [], 'no container of the pod has the image of the service'],
    [
      'containers that cannot be read',
      [],
      ['spec.containers.0'],
      'spec.containers.0 of the pod cannot be read',
    ],
    [
      'several other images',
      [
        ['x', 'a:1'],
        ['y', 'b:1'],
      ],
      [],
      'no container of the pod has the image of the service',
    ],
    ['no image', [['x', '']], [], 'its container names no image'],
    [
      'a digest that nobody knows',
      [['x', `${repository}@${digest('a')}`]],
      [],
      `its image is given by the digest ${digest('a').slice(
        0,
        19,
      )} alone, and nothing tells which version that is`,
    ],
  ])('says why it cannot be told: %s', (_, images, unreadable, problem) => {
    const found = find(images, { unreadable });
    expect(found).toMatchObject({ problem });
    expect(found).not.toHaveProperty('version');
  });

  it.each<[string, Array<[string, string]>, string[] | undefined]>([
    [
      'at another version',
      [
        ['demo-api', `${repository}:sha-2`],
        ['worker', `${repository}:sha-1`],
        ['second', `${repository}:sha-1`],
        ['third', `${repository}:sha-0`],
      ],
      ['sha-1', 'sha-0'],
    ],
    [
      'at the same',
      [
        ['demo-api', `${repository}:sha-2`],
        ['worker', `mirror/acme/demo-api:sha-2`],
      ],
      undefined,
    ],
    [
      'that nobody can tell',
      [
        ['demo-api', `${repository}:sha-2`],
        ['worker', `${repository}@${digest('a')}`],
      ],
      undefined,
    ],
    [
      'that fits less',
      [
        ['demo-api', `${repository}:sha-2`],
        ['worker', 'demo-api:sha-1'],
      ],
      undefined,
    ],
  ])('tells of a further container with the image %s', (_, images, otherVersions) => {
    expect(find(images)).toMatchObject({ version: 'sha-2' });
    expect(find(images).otherVersions).toEqual(otherVersions);
  });

  it('goes by the name where nobody knows the image', () => {
    const plain = { hint: { versions: [] } };
    expect(
      find(
        [
          ['x', 'a:1'],
          ['demo-api', 'b:2'],
        ],
        plain,
      ),
    ).toMatchObject({ version: '2' });
    expect(find([['x', 'a:1']], plain)).toMatchObject({ version: '1' });
    expect(
      find(
        [
          ['x', 'a:1'],
          ['y', 'b:2'],
        ],
        plain,
      ),
    ).toHaveProperty('problem');
  });

  describe('by digest alone', () => {
    const image = `${repository}@${digest('a')}`;
    const version = (digests: Digests, versions = ['sha-2', 'sha-1']) => {
      const found = find([['x', image]], { digests, hint: { repository, versions } });
      return 'version' in found ? found.version : undefined;
    };
    let digests: Digests;

    beforeEach(() => {
      digests = new Digests();
    });

    it('knows what the tenant file names, before all else', () => {
      digests.learn(pulled({ image: `${repository}:sha-1@${digest('a')}` }));
      const fromFile = { ...hint, digests: new Map([[digest('a'), 'sha-2']]) };
      expect(find([['x', image]], { digests, hint: fromFile })).toMatchObject({ version: 'sha-2' });
    });

    it('takes the digest for the version where that is what Git wants', () => {
      expect(version(digests, [digest('a')])).toBe(digest('a'));
    });

    it('knows what pods with a tag have pulled', () => {
      digests.learn(
        pulled({ image: `${repository}:sha-1`, imageId: `${repository}@${digest('a')}` }),
      );
      expect(version(digests)).toBe('sha-1');
      expect(version(digests, [])).toBe('sha-1');
    });

    it('means the version that may run, of several tags', () => {
      for (const tag of ['latest', 'sha-1', 'sha-2']) {
        digests.learn(pulled({ image: `${repository}:${tag}@${digest('a')}` }));
      }
      expect(version(digests)).toBe('sha-2');
      expect(version(digests, ['sha-1'])).toBe('sha-1');
      expect(version(digests, ['sha-9'])).toBe('latest');
    });

    it('takes from another tenant’s pods only what this tenant’s versions are', () => {
      digests.learn(pulled({ image: `${repository}:sha-2@${digest('a')}` }, 'tenant-b'));
      digests.learn(pulled({ image: `${repository}:b-secret@${digest('a')}` }, 'tenant-b'));
      expect(version(digests)).toBe('sha-2');
      expect(version(digests, [])).toBeUndefined();
    });
  });
});

describe('podsOfService', () => {
  const pod = (name: string, image: string, unreadable: string[] = []) => ({
    containers: [{ name, image }],
    service: 'demo-api',
    tenant: 'tenant-a',
    unreadable,
  });
  const own = pod('web', `${repository}:sha-2`);
  const named = pod('demo-api', 'moved/elsewhere:sha-1');
  const odd = pod('web', '', ['spec.containers.0.image']);
  const redis = pod('redis', 'redis:7');
  const sidecar = { ...redis, containers: [...redis.containers, ...own.containers] };

  it.each<[string, object[], ImageHint, object[]]>([
    ['leaves out another image', [own, redis], hint, [own]],
    ['keeps what is called like the service', [own, named, redis], hint, [own, named]],
    ['keeps what cannot be read', [own, odd, redis], hint, [own, odd]],
    ['keeps a pod with the image in any container', [sidecar, redis], hint, [sidecar]],
    ['keeps all where none has the image', [named, redis], hint, [named, redis]],
    ['keeps all where nobody knows the image', [own, redis], { versions: [] }, [own, redis]],
    ['has nothing of nothing', [], hint, []],
  ])('%s', (_, pods, of, expected) => {
    expect(podsOfService(pods as Array<typeof own>, of)).toEqual(expected);
  });
});

describe('Digests', () => {
  it.each<[string, Partial<ContainerRecord>]>([
    ['what names no tag', { image: `a@${digest('a')}`, imageId: `a@${digest('a')}` }],
    ['an id of the image’s configuration', { image: 'a:1', imageId: digest('a') }],
    ['an id that is prefixed', { image: 'a:1', imageId: `docker://${digest('a')}` }],
    ['no id', { image: 'a:1' }],
    ['an odd id', { image: 'a:1', imageId: 'a@b@c' }],
  ])('learn nothing of %s', (_, container) => {
    const digests = new Digests();
    digests.learn(pulled(container));
    expect(digests.tagsOf(digest('a'), 'tenant-a')).toEqual([]);
    expect(digests.hasTag(digest('a'), '1')).toBe(false);
  });

  it('learn of both, what was asked for and what was pulled', () => {
    const digests = new Digests();
    digests.learn(
      pulled({ image: `a:1@${digest('a')}`, imageId: `docker-pullable://a@${digest('b')}` }),
    );
    expect([digest('a'), digest('b')].map(each => digests.tagsOf(each, 'tenant-a'))).toEqual([
      ['1'],
      ['1'],
    ]);
    expect(digests.hasTag(digest('b'), '1')).toBe(true);
    expect(digests.hasTag(digest('b'), '2')).toBe(false);
  });

  it('remember some tags of a digest, the first ones', () => {
    const digests = new Digests();
    for (let at = 0; at < 30; at += 1) digests.learn(pulled({ image: `a:${at}@${digest('a')}` }));
    expect(digests.tagsOf(digest('a'), 'tenant-a')).toEqual([...'0123456789']);
  });
});
