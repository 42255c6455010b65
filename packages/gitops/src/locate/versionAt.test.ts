import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { EditError } from './EditError';
import { parseLocator, type Locator } from './locator';
import { readVersionAt, writeVersionAt } from './versionAt';

const locator = (text: string): Locator => {
  const found = parseLocator(text);
  if (!found) throw new Error(text);
  return found;
};
const digest = `sha256:${'c'.repeat(64)}`;

it.each<[string, string, string, string, string]>([
  [
    'a plain tag',
    'image:\n  tag: 1.0.0 # by hand\n',
    'yaml:image.tag',
    '1.1.0',
    'image:\n  tag: 1.1.0 # by hand\n',
  ],
  ['what YAML takes for a number', 'tag: a', 'yaml:tag', '1.10', 'tag: "1.10"'],
  ['what some readers take for a number', 'tag: a', 'yaml:tag', 'E0', 'tag: "E0"'],
  ['quotes', "tag: '1.9' # x\r\nb: 1\r\n", 'yaml:tag', '1.10', "tag: '1.10' # x\r\nb: 1\r\n"],
  ['a byte order mark', '\ufefftag: a\n', 'yaml:tag', 'b', '\ufefftag: b\n'],
  [
    'a key with dots',
    'worker.v2: { image: { tag: 1.7.3 } }\n',
    'yaml:[worker.v2].image.tag',
    '2.0.0',
    'worker.v2: { image: { tag: 2.0.0 } }\n',
  ],
  ['the second document', 'tag: a\n---\ntag: b\n', 'yaml#2:tag', 'c', 'tag: a\n---\ntag: c\n'],
  [
    'an item by name',
    'images:\n- {newTag: x, name: a}\n- name: b\n  newTag: y\n',
    'kustomize:images[b].newTag',
    '017',
    'images:\n- {newTag: x, name: a}\n- name: b\n  newTag: "017"\n',
  ],
  [
    'a digest',
    `images: [{name: a, digest: "${digest}"}]`,
    'kustomize:images[a].digest',
    digest.replaceAll('c', 'd'),
    `images: [{name: a, digest: "${digest.replaceAll('c', 'd')}"}]`,
  ],
  [
    'an image text',
    'containers:\n  - image: r:5000/a/b:1 # x\n',
    'image:containers[0].image',
    '2',
    'containers:\n  - image: r:5000/a/b:2 # x\n',
  ],
  ['JSON', '{"image_tag":"1","n":2}', 'json:image_tag', '1.10', '{"image_tag":"1.10","n":2}'],
  ['a number in JSON', '{"image_tag":1, "n":2}', 'json:image_tag', '2', '{"image_tag":"2", "n":2}'],
  [
    'a chart',
    'dependencies:\n  - name: api\n    version: 3.2.1\n',
    'chart:dependencies[api].version',
    '3.3.0',
    'dependencies:\n  - name: api\n    version: 3.3.0\n',
  ],
  ['a flat file', 'v737\n', 'text:', 'v738', 'v738\n'],
  ['a shell file', '# x\nTAG="1" # y\n', 'text:TAG', '2', '# x\nTAG="2" # y\n'],
  [
    'a block',
    'helm:\n  values: |\n    # c\n    image:\n      tag: "1.9" # x\n  z: 1\n',
    'yaml:helm.values|image.tag',
    '1.10',
    'helm:\n  values: |\n    # c\n    image:\n      tag: "1.10" # x\n  z: 1\n',
  ],
  [
    'a block with an indentation of its own',
    'v: |2-\n    a:\n      tag: x\r\n',
    'yaml:v|a.tag',
    'w',
    'v: |2-\n    a:\n      tag: w\r\n',
  ],
])('writes %s', (_, text, place, version, expected) => {
  expect(writeVersionAt(text, locator(place), { version })).toBe(expected);
});

it.each([
  ['a: &x 1.0.0\nb: *x\n', 'yaml:a', 'anchor'],
  ['a: &x 1.0.0\nb: *x\n', 'yaml:b', 'anchor'],
  ['base: &b {tag: x}\na:\n  <<: *b\n', 'yaml:a.tag', 'merge key'],
  ['tag: >-\n  1.0.0\n', 'yaml:tag', 'several lines'],
  ['a: 1\n', 'yaml:b', 'no such value'],
  ['a: {tag: x}\n', 'yaml:a', 'no such value'],
  ['v: "a: {tag: x}"\n', 'yaml:v|a.tag', 'no block'],
  [`image: a:1@${digest}\n`, 'image:image', 'digest'],
  ['a: [\n', 'yaml:a', 'no YAML'],
  ['image: a:1\nimage2: x\n  - image: b:1\n', 'text:image', 'more than once'],
])('refuses to change %j at %s', (text, place, why) => {
  expect(() => writeVersionAt(text, locator(place), { version: '2' })).toThrow(why);
  expect(() => writeVersionAt(text, locator(place), { version: '2' })).toThrow(EditError);
});

it('reads version, digest and line', () => {
  expect(readVersionAt(`a: 1\ntag: 1.2.3@${digest}\n`, locator('yaml:tag'))).toEqual({
    version: '1.2.3',
    digest,
    line: 2,
  });
  expect(readVersionAt('a: 1\n', locator('yaml:tag'))).toBeUndefined();
  expect(readVersionAt('tag: "{{ x }}"\n', locator('yaml:tag'))).toBeUndefined();
});

const comment = fc.stringMatching(/^[ -~]{0,12}$/).map(text => ` # ${text}`);
const version = fc.oneof(
  fc.constantFrom(
    '1.10',
    '1e3',
    'true',
    '017',
    'null',
    'no',
    '0x1F',
    '2026-01-02',
    '1_000',
    '.5',
    'e-1',
    'y',
    'sha-1a2b3c4',
    '20260626214519',
  ),
  fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/),
);
const file = fc.record({
  mark: fc.constantFrom('', '\ufeff'),
  head: fc.constantFrom('', '# head\n', '---\n', 'x: &x {a: 1}\ny: *x\n'),
  quote: fc.constantFrom('', '"', "'"),
  indent: fc.constantFrom('  ', '    ', ' '),
  note: fc.oneof(fc.constant(''), comment),
  tail: fc.constantFrom('', 'z: |\n  tag: no\n', 'list:\n- tag: 1.0\n', '# end\n'),
  end: fc.constantFrom('\n', '\r\n'),
});

it('changes exactly the bytes of the version, and writes what every reader takes for this text', () => {
  fc.assert(
    fc.property(
      file,
      version,
      version,
      ({ mark, head, quote, indent, note, tail, end }, before, after) => {
        const written = quote === '' ? 'v0' : before;
        const lines = `${mark}${head}image:\n${indent}repository: r/x\n${indent}tag: `.replaceAll(
          '\n',
          end,
        );
        const rest = `${note}\n${tail}`.replaceAll('\n', end);
        const text = `${lines}${quote}${written}${quote}${rest}`;
        const changed = writeVersionAt(text, locator('yaml:image.tag'), { version: after });
        expect(changed.startsWith(lines)).toBe(true);
        expect(changed.endsWith(rest)).toBe(true);
        expect(
          changed.slice(lines.length, changed.length - rest.length).replace(/^["']|["']$/g, ''),
        ).toBe(after);
        for (const schema of ['core', 'yaml-1.1'] as const) {
          const read = parseDocument(changed.replace(/^\ufeff/, ''), {
            schema,
            version: schema === 'core' ? '1.2' : '1.1',
          });
          expect(read.getIn(['image', 'tag'])).toBe(after);
        }
      },
    ),
    { numRuns: 600 },
  );
});
