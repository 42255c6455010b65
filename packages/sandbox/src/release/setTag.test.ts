import { setTag } from './setTag';

const file = `# A tenant.
tenant:
  name: tenant-a   # as the file
  ring:  1
  hold: { version: sha-0000001,  reason: "tag: sha-9" }

image:
    repository: ghcr.io/acme/demo-api
    tag: sha-1a2b3c4      # the release
extra:
  image: {tag: sha-1a2b3c4}
`;

describe('setTag', () => {
  it('changes one line and nothing else', () => {
    expect(setTag(file, 'sha-9f8e7d6')).toBe(
      file.replace('tag: sha-1a2b3c4      #', 'tag: sha-9f8e7d6      #'),
    );
  });

  it.each([
    ['quotes', `image:\n  tag: 'sha-1'\n`, `image:\n  tag: 'sha-2'\n`],
    ['line ends of Windows', 'image:\r\n  tag: sha-1\r\n', 'image:\r\n  tag: sha-2\r\n'],
    ['flow style', 'image: { tag: sha-1, x: 1 }\n', 'image: { tag: sha-2, x: 1 }\n'],
    ['no line end', 'image:\n  tag: sha-1', 'image:\n  tag: sha-2'],
  ])('keeps %s', (_, text, expected) => {
    expect(setTag(text, 'sha-2')).toBe(expected);
  });

  it.each(['tenant: {}\n', '', 'image:\n  tag: [a]\n', 'image: x\n'])('refuses %j', text => {
    expect(() => setTag(text, 'sha-2')).toThrow('no image.tag');
  });
});
