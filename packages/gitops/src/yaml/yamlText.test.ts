import { parseTenantFile } from '../tenantFile/tenantFile';
import { yamlTextTroubles } from './yamlText';

const file = `tenant:
  name: tenant-a
  displayName: Acme Corp
  owner: group:default/tenant-a-owners
  tier: standard
  ring: 0
  contact: platform@acme.example
image:
  repository: ghcr.io/acme/demo-api
  tag: sha-1a2b3c4
`;

describe('yamlTextTroubles', () => {
  it.each([
    ['plain text', file],
    ['line ends of Windows', file.replaceAll('\n', '\r\n')],
    ['no line end', file.trimEnd()],
    ['tabs within and behind a line', 'a:\tx\t# y\nb: "c\td"\n'],
    ['other scripts and emoji', 'a: Ünï 株式会社 👩‍🚀\n'],
    ['a percent sign that is no directive', 'a: x\n%b: y\n'],
    ['nothing', ''],
  ])('takes %s', (_, text) => {
    expect(yamlTextTroubles(text)).toEqual([]);
  });

  it.each([
    ['\r', 'U+000D, which is a line break to Helm'],
    ['\u0085', 'U+0085, which is a line break to Helm'],
    ['\u2028', 'U+2028, which is a line break to Helm'],
    ['\u2029', 'U+2029, which is a line break to Helm'],
    ['\u0000', 'U+0000, which is not allowed'],
    ['\u001b', 'U+001B, which is not allowed'],
    ['\u007f', 'U+007F, which is not allowed'],
    ['\u0080', 'U+0080, which is not allowed'],
    ['\u009f', 'U+009F, which is not allowed'],
    ['\ufffe', 'U+FFFE, which is not allowed'],
    ['\u202e', 'U+202E, which cannot be seen'],
    ['\u2066', 'U+2066, which cannot be seen'],
    ['\ufeff', 'U+FEFF, which cannot be seen'],
  ])('refuses %j, also in a comment', (character, problem) => {
    expect(yamlTextTroubles(`a: 1\nb: 2 # x${character}y: 3\n`)).toEqual([
      {
        line: 2,
        column: 9,
        problem: expect.stringContaining(problem),
        cure: expect.stringContaining('delete the character'),
      },
    ]);
  });

  it.each([
    ['%YAML 1.2\n---\na: 1\n', 1],
    ['# x\n\n%TAG ! tag:x,2000:\n---\na: 1\n', 3],
    ['a: 1\n\t\nb: 2\n', 2],
    ['a:\n  b: 1\n  \t# x\n', 3],
  ])('refuses %j', (text, line) => {
    expect(yamlTextTroubles(text)).toMatchObject([{ line }]);
  });

  it('does not go on for ever', () => {
    expect(yamlTextTroubles('\t\n'.repeat(1000))).toHaveLength(25);
  });
});

it('keeps the portal from another version than the one that Helm deploys', () => {
  const hidden = file.replace(
    'tier: standard',
    'tier: standard # see\u2028image: {tag: sha-9999999}',
  );
  expect(parseTenantFile(file, 'tenant-a').ok).toBe(true);
  expect(parseTenantFile(hidden, 'tenant-a')).toEqual({
    ok: false,
    problems: [expect.stringMatching(/^line 5: .*holds U\+2028/)],
  });
});

it.each(['\\u202e', '\\u2028', '\\e[31m'])('sees through the escape %s', escape => {
  const escaped = file.replace('Acme Corp', `"Acme ${escape} Corp"`);
  expect(parseTenantFile(escaped, 'tenant-a')).toEqual({
    ok: false,
    problems: [expect.stringMatching(/^line 3: tenant\.displayName: .*cannot be seen/)],
  });
});
