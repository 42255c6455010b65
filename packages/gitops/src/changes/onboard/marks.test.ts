import fc from 'fast-check';
import { isMap, isSeq, parse, parseAllDocuments } from 'yaml';
import { oddFile, oddScalars } from '../../__testUtils__/oddYaml';
import { ChangeRefusal } from '../ChangeRefusal';
import { readYaml } from '../../yaml/readYaml';
import { addItem } from './appendItem';
import { Marks } from './marks';
import { scalarsOf, yamlValues } from './scalars';

/** One line of anything, as a person may give it. */
const value = fc
  .oneof(
    fc.constantFrom(...oddScalars.filter(text => !/\n/.test(text))),
    fc.stringMatching(/^[ -~é株"'\\]{1,30}$/u),
  )
  .filter(text => text.trim() !== '' && text.trim() === text);

describe('Marks', () => {
  it('brings every value into YAML as the text that it is, in every style', () => {
    fc.assert(
      fc.property(value, value, fc.boolean(), (one, other, isWindows) => {
        const marks = new Marks([one, other]);
        const [a, b] = [marks.of('tenant'), marks.of('contact')];
        const lines = [
          `# ${a}`,
          `plain: ${a} # ${b}`,
          `joined: x-${a}.y`,
          `single: '${a} it''s ${b}'`,
          `double: "${a} \\"${b}\\""`,
          `flow: { k: ${a}, l: [${b}] }`,
          `"key ${a}": 1`,
          `block: |`,
          `  tag: ${a}`,
          `  ${b}: "${a}"`,
          `list:`,
          `- ${b}`,
          '',
        ];
        const text = lines.join(isWindows ? '\r\n' : '\n');
        const filled = marks.fillFile('a.yaml', text, { tenant: one, contact: other });
        const { block, ...rest } = parse(filled, { uniqueKeys: false });
        expect(rest).toEqual({
          plain: one,
          joined: `x-${one}.y`,
          single: `${one} it's ${other}`,
          double: `${one} "${other}"`,
          flow: { k: one, l: [other] },
          [`key ${one}`]: 1,
          list: [other],
        });
        const inner = new Map([
          ['tag', one],
          [other, one],
        ]);
        expect(parse(block, { uniqueKeys: false })).toEqual(Object.fromEntries(inner));
        // Helm reads it so, too: nothing stands there without quotes that is no text to it.
        const misread = readYaml(filled, { single: true }).problems.map(({ problem }) => problem);
        expect(misread.filter(problem => /Helm/.test(problem))).toEqual([]);
      }),
    );
  });

  it('leaves numbers and switches what they are, where they stand alone and without quotes', () => {
    const marks = new Marks([]);
    const text = `a: ${marks.of('ring')}\nb: "${marks.of('ring')}"\nc: ${marks.of(
      'version',
    )}\nd: ${marks.of('isOn')}\ne: ${marks.of('odd')}\n`;
    const values = { ring: '3', version: '1.10', isOn: 'true', odd: '017' };
    expect(marks.fillFile('a.yaml', text, values)).toBe(
      'a: 3\nb: "3"\nc: "1.10"\nd: true\ne: "017"\n',
    );
  });

  it('fills what is no YAML only where no quotes are needed', () => {
    const marks = new Marks([]);
    const text = `{{- if x }}\na: ${marks.of('tenant')}\n{{ end }}: [\n`;
    expect(marks.fillFile('a.yaml', text, { tenant: 'acme' })).toContain('a: acme\n');
    expect(() => marks.fillFile('a.yaml', text, { tenant: '1e3' })).toThrow(
      'a.yaml: is no YAML, and tenant "1e3" needs quotes there',
    );
  });

  it('tells where every key and value of odd files stands', () => {
    fc.assert(
      fc.property(oddFile, text => {
        for (const { start, end, value: said, style } of scalarsOf(text) ?? []) {
          const source = text.slice(start, end);
          if (style === 'block' || /[\r\n]/.test(source)) continue;
          const alone = parseAllDocuments(`- ${source}`, { logLevel: 'silent' })[0];
          const isQuoted = alone.errors.length === 0 && style !== 'plain';
          const read = isQuoted ? (alone.toJS() as unknown[])[0] : said;
          expect([read, isQuoted || source.includes(said.slice(0, 1))]).toEqual([said, true]);
        }
      }),
    );
  });
});

/** What a function returns; undefined when it refuses. */
function added(run: () => string): string | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof ChangeRefusal) return undefined;
    throw error;
  }
}

describe('addItem', () => {
  it('adds one item to odd files, and changes nothing else, or says that it cannot', () => {
    let count = 0;
    fc.assert(
      fc.property(oddFile, fc.constantFrom('v', 'y: z', '1.10', '{'), (text, item) => {
        const [document] = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' });
        const root = document?.contents;
        const pairs = isMap(root) ? root.items.filter(pair => isSeq(pair.value)) : [];
        const key = pairs.length > 0 ? String(pairs[0].key) : '';
        if (!/^[abc]$/.test(key)) return;
        const before = yamlValues(text)?.[0] as Record<string, unknown[]> | undefined;
        const after = added(() => addItem('a.yaml', text, [key], { value: item }));
        if (after === undefined) return;
        if (before === undefined) throw new Error('what cannot be read was changed');
        count += 1;
        const now = yamlValues(after)?.[0];
        expect(now).toEqual({ ...before, [key]: [...before[key], item] });
        const head = [...text].findIndex((character, index) => after[index] !== character);
        const at = head < 0 ? text.length : head;
        expect(after.length).toBeGreaterThan(text.length);
        expect(text.startsWith(after.slice(0, at))).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(count).toBeGreaterThan(0);
  });

  it.each<[string, string, string, string]>([
    ['a block', 'a:\n  - x # y\n\nb: 1\n', 'a', 'a:\n  - x # y\n  - new\n\nb: 1\n'],
    ['a list without indentation', 'a:\n- x\nb: 1', 'a', 'a:\n- x\n- new\nb: 1'],
    ['a file without a last line end', 'a:\n- x', 'a', 'a:\n- x\n- new\n'],
    ['brackets', 'a: [x, y ] # z\n', 'a', 'a: [x, y, new ] # z\n'],
    ['empty brackets', 'a: []\n', 'a', 'a: [new]\n'],
    ['lines of Windows', 'a:\r\n- x\r\nb: 1\r\n', 'a', 'a:\r\n- x\r\n- new\r\nb: 1\r\n'],
    ['JSON', '{"a": ["x"]}\n', 'a', '{"a": ["x", "new"]}\n'],
    ['lines between brackets', 'a: [\n  x,\n  y\n]\n', 'a', 'a: [\n  x,\n  y,\n  new\n]\n'],
  ])('adds to %s', (what, text, key, wanted) => {
    expect(addItem(what === 'JSON' ? 'a.json' : 'a.yaml', text, [key], { value: 'new' })).toBe(
      wanted,
    );
  });
});
