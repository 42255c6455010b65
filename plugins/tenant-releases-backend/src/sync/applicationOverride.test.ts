import { sourceSchema } from './applicationSchema';
import { imageOverride, kustomizeName, kustomizeTag } from './applicationOverride';

const override = (helm: object | null | undefined) => imageOverride(sourceSchema.parse({ helm }));
const parameters = (...pairs: Array<[string, unknown]>) => ({
  parameters: pairs.map(([name, value]) => ({ name, value })),
});

describe('imageOverride', () => {
  it.each<[string, object | null | undefined, object | undefined]>([
    ['nothing', undefined, undefined],
    ['null', null, undefined],
    ['other parameters', parameters(['replicas', '2'], ['x.image.tag', 'a']), undefined],
    ['a parameter', parameters(['image.tag', 'a']), { tag: 'a', by: 'helm.parameters' }],
    ['a number', parameters(['image.tag', 12]), { tag: '12', by: 'helm.parameters' }],
    ['a parameter without value', { parameters: [{ name: 'image.tag' }] }, undefined],
    ['an empty parameter', parameters(['image.tag', '']), undefined],
    [
      'the last of several parameters',
      parameters(['image.tag', 'a'], ['image.tag', 'b']),
      { tag: 'b', by: 'helm.parameters' },
    ],
    [
      'a repository',
      parameters(['image.repository', 'r']),
      { repository: 'r', by: 'helm.parameters' },
    ],
    [
      'an object of values',
      { valuesObject: { image: { tag: 'a', repository: 'r' } } },
      { tag: 'a', repository: 'r', by: 'helm.valuesObject' },
    ],
    ['values', { values: 'image:\n  tag: a\n' }, { tag: 'a', by: 'helm.values' }],
    ['a number in values', { values: 'image: {tag: 12}' }, { tag: '12', by: 'helm.values' }],
    [
      'merged values',
      { values: 'x: &x {tag: a}\nimage:\n  <<: *x\n' },
      { tag: 'a', by: 'helm.values' },
    ],
    [
      'what wins of each',
      {
        ...parameters(['image.tag', 'a']),
        valuesObject: { image: { tag: 'b', repository: 'r' } },
        values: 'image: {tag: c, repository: s}',
      },
      { tag: 'a', repository: 'r', by: 'helm.parameters' },
    ],
    [
      'the object before the text',
      { valuesObject: { image: { tag: 'b' } }, values: 'image: {tag: c}' },
      { tag: 'b', by: 'helm.valuesObject' },
    ],
    [
      'a tag by its place, not that of the repository',
      { valuesObject: { image: { repository: 'r' } }, values: 'image: {tag: c}' },
      { tag: 'c', repository: 'r', by: 'helm.values' },
    ],
    [
      'a tag with a digest behind it',
      parameters(['image.tag', 'a@sha256:b'], ['image.digest', 'sha256:c']),
      { tag: 'a', digest: 'sha256:b', by: 'helm.parameters' },
    ],
    [
      'a digest alone',
      { valuesObject: { image: { digest: 'a@sha256:b' } } },
      { digest: 'sha256:b', by: 'helm.valuesObject' },
    ],
    [
      'a tag that is none',
      { valuesObject: { image: { tag: `a\n${'b'.repeat(1_000_000)}` } } },
      { tag: `a ${'b'.repeat(125)}…`, by: 'helm.valuesObject' },
    ],
    ['values that are no YAML', { values: 'image: [' }, undefined],
    ['values that are a text', { values: 'x' }, undefined],
    ['an image that is a text', { values: 'image: x' }, undefined],
    ['an image that is null', { valuesObject: { image: null } }, undefined],
    ['a tag that is a list', { valuesObject: { image: { tag: ['a'], repository: 1 } } }, undefined],
    ['values of any size', { values: `image: {tag: a}\nx: ${'y'.repeat(300_000)}` }, undefined],
    ['no values', { values: '' }, undefined],
  ])('tells of %s', (_, helm, expected) => {
    expect(override(helm)).toEqual(expected);
  });

  it('does not unfold aliases without end', () => {
    const levels = Array.from({ length: 12 }, (_, at) =>
      at === 0
        ? 'l0: &l0 [x,x,x,x,x,x,x,x,x]'
        : `l${at}: &l${at} [${Array(9)
            .fill(`*l${at - 1}`)
            .join(',')}]`,
    );
    expect(override({ values: `${levels.join('\n')}\nimage: {tag: a}` })).toBeUndefined();
  });
});

describe('kustomizeTag', () => {
  it.each<[string, string[], string | undefined]>([
    ['a tag', ['acme/demo-api:sha-1'], 'sha-1'],
    ['a tag of an image without folder', ['demo-api:sha-1'], 'sha-1'],
    ['another name', ['acme/demo-api=mirror.example.com/x/api:sha-1'], 'sha-1'],
    ['a digest', [`acme/demo-api@sha256:${'a'.repeat(64)}`], `sha256:${'a'.repeat(64)}`],
    ['another registry', ['mirror.example.com:5000/acme/demo-api:sha-1'], 'sha-1'],
    ['the one that is meant', ['acme/web:x', 'acme/demo-api:sha-1'], 'sha-1'],
    ['a name without tag', ['acme/demo-api=mirror.example.com:5000/acme/demo-api'], undefined],
    ['a registry’s port, which is no tag', ['localhost:5000/demo-api'], undefined],
    ['another image', ['acme/web:sha-1'], undefined],
    ['nothing', [], undefined],
    ['odd text', ['', '=', 'acme/demo-api='], undefined],
  ])('reads %s', (_, images, expected) => {
    expect(kustomizeTag(images, 'ghcr.io/acme/demo-api')).toBe(expected);
  });
});

describe('kustomizeName', () => {
  it.each<[string, string[], string | undefined]>([
    ['none', [], undefined],
    ['a tag', ['ghcr.io/acme/demo-api:a'], undefined],
    ['another name', ['ghcr.io/acme/demo-api=x/y'], 'x/y'],
    ['another name of another image', ['redis=x/y'], undefined],
  ])('tells %s', (_, images, expected) => {
    expect(kustomizeName(images, 'ghcr.io/acme/demo-api')).toBe(expected);
  });
});
