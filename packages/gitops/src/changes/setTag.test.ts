import fc from 'fast-check';
import { parse } from 'yaml';
import { oddFile } from '../__testUtils__/oddYaml';
import { EditError } from '../locate/EditError';
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
    ['double quotes', `image:\n  "tag" : "sha-1" # x\n`, `image:\n  "tag" : "sha-2" # x\n`],
    ['line ends of Windows', 'image:\r\n  tag: sha-1\r\n', 'image:\r\n  tag: sha-2\r\n'],
    ['mixed line ends', 'a: 1\r\nimage:\n  tag: sha-1\r\n', 'a: 1\r\nimage:\n  tag: sha-2\r\n'],
    ['flow style', 'image: { tag: sha-1, x: 1 }\n', 'image: { tag: sha-2, x: 1 }\n'],
    ['JSON', '{"image":{"tag":"sha-1"}}', '{"image":{"tag":"sha-2"}}'],
    ['no line end', 'image:\n  tag: sha-1', 'image:\n  tag: sha-2'],
    ['odd indentation', 'image:\n       tag:    sha-1\n', 'image:\n       tag:    sha-2\n'],
    ['a value on its own line', 'image:\n  tag:\n    sha-1\n', 'image:\n  tag:\n    sha-2\n'],
    [
      'the markers of a document',
      '---\nimage:\n  tag: sha-1\n...\n',
      '---\nimage:\n  tag: sha-2\n...\n',
    ],
    ['an anchor that nobody uses', 'image:\n  tag: &t sha-1\n', 'image:\n  tag: &t sha-2\n'],
    [
      'anchors elsewhere',
      'a: &a x\nb: *a\nimage:\n  tag: sha-1\n',
      'a: &a x\nb: *a\nimage:\n  tag: sha-2\n',
    ],
    ['a byte order mark', '\ufeffimage:\r\n  tag: sha-1\r\n', '\ufeffimage:\r\n  tag: sha-2\r\n'],
    ['a separator behind', 'image:\n  tag: sha-1\n---\n', 'image:\n  tag: sha-2\n---\n'],
    [
      'a merge key',
      'x: &x {tag: sha-0}\nimage:\n  <<: *x\n  tag: sha-1 # t\n',
      'x: &x {tag: sha-0}\nimage:\n  <<: *x\n  tag: sha-2 # t\n',
    ],
    [
      'many aliases',
      `x: &x s\nl: [${'*x, '.repeat(99)}]\nimage:\n  tag: sha-1\n`,
      `x: &x s\nl: [${'*x, '.repeat(99)}]\nimage:\n  tag: sha-2\n`,
    ],
    [
      'quotes, and drops the digest of the version before',
      `image:\n  tag: 'sha-1@sha256:${'a'.repeat(64)}' # t\n`,
      `image:\n  tag: 'sha-2' # t\n`,
    ],
    ['trailing blanks', 'image:   \n  tag: sha-1   \n\n\n', 'image:   \n  tag: sha-2   \n\n\n'],
  ])('keeps %s', (_, text, expected) => {
    expect(setTag(text, 'sha-2')).toBe(expected);
  });

  it.each([
    ['1.10', '"1.10"'],
    ['1234567', '"1234567"'],
    ['0362525', '"0362525"'],
    ['123456e7', '"123456e7"'],
    ['2026-01-02', '"2026-01-02"'],
    ['true', '"true"'],
    ['no', '"no"'],
    ['_x', '"_x"'],
    ['v1.2.3', 'v1.2.3'],
    ['sha-1', 'sha-1'],
  ])('writes %s so that every reader takes it for text', (tag, written) => {
    expect(setTag('image:\n  tag: sha-0\n', tag)).toBe(`image:\n  tag: ${written}\n`);
  });

  it.each([
    ['no block', 'tenant: {}\n', 'no image.tag'],
    ['nothing', '', 'no YAML'],
    ['a folded text', 'image:\n  tag: >-\n    sha-1\n', 'write it plainly'],
    ['a list', 'image:\n  tag: [a]\n', 'no image.tag'],
    ['another type of block', 'image: x\n', 'no image.tag'],
    ['no YAML', 'image: [\n', 'no YAML'],
    ['a key twice', 'image:\n  tag: a\n  tag: b\n', 'no YAML'],
    ['two documents', 'image: { tag: a }\n---\nimage: { tag: b }\n', 'more than one document'],
    ['an alias', 'a: &v sha-1\nimage:\n  tag: *v\n', 'alias of &v'],
    ['an anchor in use', 'image:\n  tag: &v sha-1\nhold: *v\n', 'anchor &v of other values'],
    ['an aliased block', 'a: &i { tag: sha-1 }\nimage: *i\n', 'no image.tag'],
    [
      'a tag that a merge key brings in',
      'x: &x {tag: sha-1}\nimage: {<<: *x}\n',
      'no image.tag of its own: an anchor',
    ],
    [
      'a tag that a merge key behind it replaces',
      'x: &x {tag: sha-0}\nimage:\n  tag: sha-1\n  <<: *x\n',
      'would change something else',
    ],
    ['several lines', 'image:\n  tag: "sha\\\n    -1"\n', 'several lines'],
  ])('refuses %s', (_, text, reason) => {
    expect(() => setTag(text, 'sha-2')).toThrow(reason);
  });

  it('gives the same text for the same tag', () => {
    expect(setTag(file, 'sha-1a2b3c4')).toBe(file);
  });
});

/** Text as somebody would type it, in one of several forms that mean the same. */
const comment = fc.stringMatching(/^[ -~äöü]{0,20}$/).map(text => ` # ${text}`);
const maybe = (arbitrary: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), arbitrary);
const tag = fc
  .stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/)
  .filter(text => text !== 'latest');
const quoted = (text: string) => fc.constantFrom(`"${text}"`, `'${text}'`);
const blanks = fc.stringMatching(/^ {1,4}$/);

const image = fc
  .record({
    from: tag,
    gap: blanks,
    note: maybe(comment),
    before: maybe(comment),
    flow: fc.boolean(),
    indent: fc.integer({ min: 1, max: 6 }),
    first: fc.boolean(),
  })
  .chain(parts =>
    fc.record({
      ...(Object.fromEntries(
        Object.entries(parts).map(([key, value]) => [key, fc.constant(value)]),
      ) as { [K in keyof typeof parts]: fc.Arbitrary<(typeof parts)[K]> }),
      value:
        /^[A-Za-z]/.test(parts.from) && !/^(true|false|null|y|n|yes|no|on|off)$/i.test(parts.from)
          ? fc.oneof(fc.constant(parts.from), quoted(parts.from))
          : quoted(parts.from),
    }),
  )
  .map(({ from, gap, note, before, flow, indent, first, value }) => {
    const repository = 'repository: ghcr.io/acme/demo-api';
    if (flow)
      return {
        from,
        text: `image:${gap}{ ${
          first ? `tag: ${value}, ${repository}` : `${repository}, tag: ${value}`
        } }${note}\n`,
      };
    const pad = ' '.repeat(indent);
    const lines = [`${pad}tag:${gap}${value}${note}`, `${pad}${repository}`];
    return { from, text: `image:${before}\n${(first ? lines : lines.reverse()).join('\n')}\n` };
  });

it('changes exactly one line of any file, whatever its form', () => {
  fc.assert(
    fc.property(
      image,
      tag,
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.boolean(),
      maybe(comment),
      ({ from, text }, to, end, endless, imageFirst, note) => {
        const tenant = `tenant:${note}\n  name: tenant-a\n  hold: {version: ${JSON.stringify(
          from,
        )}}\n\n`;
        const whole = (imageFirst ? text + tenant : tenant + text).replaceAll('\n', end);
        const before = endless ? whole.trimEnd() : whole;
        const after = setTag(before, to);
        const differing = before
          .split('\n')
          .filter((line, index) => line !== after.split('\n')[index]);
        expect(after.split('\n')).toHaveLength(before.split('\n').length);
        expect(differing).toHaveLength(from === to ? 0 : 1);
        expect(parse(after)).toEqual({
          ...parse(before),
          image: { ...parse(before).image, tag: to },
        });
        expect(setTag(after, to)).toBe(after);
        // Back again, the file says the same; only quotes that were needed meanwhile may stay.
        expect(parse(setTag(after, from))).toEqual(parse(before));
      },
    ),
    { numRuns: 500 },
  );
});

it('keeps every other byte of odd files, and says no where it cannot', () => {
  let changed = 0;
  fc.assert(
    fc.property(
      oddFile,
      fc.constantFrom('sha-1', "'1.10'", '"1@sha256:x"', 'v1'),
      fc.constantFrom('', ' # t', '   '),
      tag,
      (odd, from, note, to) => {
        const end = odd.includes('\r') ? '\r\n' : '\n';
        // Behind a byte order mark and the beginning of the document.
        const [head = ''] = /^\ufeff?(?:(?:#[^\n]*)?\r?\n)*(?:---[^\n]*\r?\n)*/.exec(odd) ?? [];
        const line = (value: string) => `  tag: ${value}${note}${end}`;
        const [before, after] = [
          `${head}release:${end}  image: x${end}`,
          `  repository: r${end}${odd.slice(head.length)}`,
        ];
        const text = `${before}image:${end}${line(from)}${after}`;
        let result: string;
        try {
          result = setTag(text, to);
        } catch (error) {
          if (error instanceof EditError) return;
          throw error;
        }
        changed += 1;
        const written = result.slice(
          `${before}image:${end}  tag: `.length,
          result.length - after.length,
        );
        expect(result).toBe(`${before}image:${end}  tag: ${written}${after}`);
        expect([to, `'${to}'`, `"${to}"`].map(value => `${value}${note}${end}`)).toContain(written);
      },
    ),
    { numRuns: 3_000 },
  );
  expect(changed).toBeGreaterThan(100);
});
