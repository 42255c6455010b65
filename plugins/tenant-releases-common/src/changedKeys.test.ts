import { changedKeys } from './changedKeys';

describe('changedKeys', () => {
  it('tells what is new, changed and gone', () => {
    const before = 'image: { tag: sha-1 }\nreplicas: 2\nenv: [{ name: A, value: x }]\nempty: {}\n';
    const after = 'image: { tag: sha-2 }\nenv: [{ name: A, value: y }, { name: B }]\nempty: {}\n';
    expect(changedKeys(before, after)).toEqual({
      keys: [
        { key: 'image.tag', change: 'changed', from: 'sha-1', to: 'sha-2' },
        { key: 'env.0.value', change: 'changed', from: 'x', to: 'y' },
        { key: 'env.1.name', change: 'added', to: 'B' },
        { key: 'replicas', change: 'removed', from: '2' },
      ],
      truncated: false,
    });
  });

  it.each(['a: [', `a: &a [${'x,'.repeat(99)}]\nb: &b [${'*a,'.repeat(99)}]\nc: [*b,*b]\n`])(
    'tells nothing of %j',
    text => {
      expect(changedKeys(text, 'a: 1')).toEqual({ keys: [], truncated: false });
    },
  );

  it('is bounded', () => {
    const many = Array.from({ length: 300 }, (_, key) => `k${key}: ${'x'.repeat(5_000)}`).join(
      '\n',
    );
    const { keys, truncated } = changedKeys('', many);
    expect([keys.length, truncated, keys[0].to?.length]).toEqual([200, true, 200]);
  });
});
