import { readOrName } from './readOrName';

/** Fails when anything but the metadata is looked at, as only a mistake of ours does. */
const trap = (metadata: unknown) =>
  new Proxy({ metadata } as Record<string, unknown>, {
    get(target, key) {
      if (key !== 'metadata') throw new RangeError('Maximum call stack size exceeded');
      return target.metadata;
    },
  });
const read = (value: unknown, unreadable: string[]) => {
  const { metadata, spec } = value as { metadata?: { name?: string }; spec?: unknown };
  return metadata?.name ? { name: metadata.name, spec, unreadable } : undefined;
};

describe('readOrName', () => {
  it('reads what can be read', () => {
    expect(readOrName({ metadata: { name: 'a' }, spec: 1 }, read)).toEqual({
      name: 'a',
      spec: 1,
      unreadable: [],
    });
  });

  it('keeps the name of what cannot, and says so', () => {
    expect(readOrName(trap({ name: 'a' }), read)).toEqual({
      name: 'a',
      unreadable: ['the whole object'],
    });
  });

  it.each<[string, unknown]>([
    ['without a name', trap({})],
    ['without metadata', trap(undefined)],
    ['that is nothing', null],
  ])('knows nothing of one %s', (_, value) => {
    expect(readOrName(value, read)).toBeUndefined();
  });
});
