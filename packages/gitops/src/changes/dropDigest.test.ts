import { dropDigest } from './dropDigest';

const digest = `sha256:${'a'.repeat(64)}`;

describe('dropDigest', () => {
  it.each([
    [
      'the line, with its comment',
      `image:\n  tag: sha-1 # t\n  digest: ${digest} # why\n# end\n`,
      'image:\n  tag: sha-1 # t\n# end\n',
    ],
    [
      'the first line',
      `image:\r\n  digest: "${digest}"\r\n  tag: sha-1\r\n`,
      'image:\r\n  tag: sha-1\r\n',
    ],
    ['the last line', `image:\n  tag: sha-1\n  digest: ${digest}`, 'image:\n  tag: sha-1\n'],
    ['a folded text', `image:\n  digest: >-\n    ${digest}\n  tag: a\n`, 'image:\n  tag: a\n'],
  ])('removes %s', (_, text, expected) => {
    expect(dropDigest(text)).toBe(expected);
  });

  it.each(['image:\n  tag: sha-1\n', 'digest: x\n', 'image: x\n', 'image: [', ''])(
    'leaves %j',
    text => {
      expect(dropDigest(text)).toBe(text);
    },
  );

  it.each([
    ['flow style', `image: { tag: sha-1, digest: '${digest}' }\n`],
    ['flow style over lines', `image: {\n  tag: sha-1,\n  digest: '${digest}'\n}\n`],
    ['the only key', `image:\n  digest: ${digest}\n`],
    ['one that a merge key brings in', `x: &x {digest: '${digest}'}\nimage:\n  <<: *x\n  tag: a\n`],
    ['an anchor in use', `image:\n  digest: &d ${digest}\n  tag: a\nother: *d\n`],
  ])('refuses %s', (_, text) => {
    expect(() => dropDigest(text)).toThrow('image.digest pins the content of the version before');
  });
});
