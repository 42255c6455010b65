import { changedKeys } from './changedKeys';
import { unifiedDiff } from './unifiedDiff';

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

describe('a value that sops has encrypted', () => {
  const cipher = (data: string) => `ENC[AES256_GCM,data:${data},iv:aXY=,tag:dGFn,type:str]`;
  const file = (password: string, plain: string) =>
    `secrets:\n  password: ${cipher(password)}\n  plain: ${plain}\nsops:\n  mac: ${cipher(
      password,
    )}\n`;

  it('is not shown in a comparison, only that it is another', () => {
    const [before, after] = [file('b2xk', 'x'), file('bmV3', 'y')];
    const diff = unifiedDiff(before, after, { from: 'a', to: 'b' }).text;
    expect(diff).toContain('-  password: (encrypted)\n');
    expect(diff).toContain('+  password: (encrypted, changed)\n');
    expect(diff).toContain('-  plain: x\n');
    expect(changedKeys(before, after).keys).toEqual([
      { key: 'secrets.password', change: 'changed', from: '(encrypted)', to: '(encrypted)' },
      { key: 'secrets.plain', change: 'changed', from: 'x', to: 'y' },
    ]);
    expect(diff).not.toMatch(/b2xk|bmV3|ENC/);
  });
});
