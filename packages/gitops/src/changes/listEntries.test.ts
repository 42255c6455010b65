import fc from 'fast-check';
import { parse } from 'yaml';
import { addEntry, removeItem } from './listEntries';

const entry = { version: 'sha-2', reason: 'errors: "5 %" # high', by: 'user:default/ada' };
const block =
  '  - version: sha-2\n    reason: "errors: \\"5 %\\" # high"\n    by: "user:default/ada"\n';
const flow = '{ version: sha-2, reason: "errors: \\"5 %\\" # high", by: "user:default/ada" }';

describe('addEntry', () => {
  it.each([
    ['an empty list', '# a\nbad: [] # none\n\nrest: 1\n', `# a\nbad: # none\n${block}\nrest: 1\n`],
    ['no value', 'bad:\nrest: 1\n', `bad:\n${block}rest: 1\n`],
    ['null', 'bad: ~ # none\nrest: 1\n', `bad: # none\n${block}rest: 1\n`],
    ['no key', 'rest: 1\n', `rest: 1\nbad:\n${block}`],
    ['no text', '', `bad:\n${block}`],
    ['comments alone', '# rules', `# rules\nbad:\n${block}`],
    [
      'an entry',
      'bad:\n  - { version: a } # x\nrest: 1\n',
      `bad:\n  - { version: a } # x\n${block}rest: 1\n`,
    ],
    [
      'entries without indentation',
      'bad:\n- version: a\n  reason: b\n# next\nrest: 1\n',
      `bad:\n- version: a\n  reason: b\n${block.replace(/^ {2}/gm, '')}# next\nrest: 1\n`,
    ],
    ['a list in brackets', 'bad: [{ version: a }] # x\n', `bad: [{ version: a }, ${flow}] # x\n`],
    ['no last line end', 'bad:\n  - { version: a }', `bad:\n  - { version: a }\n${block}`],
    ['a byte order mark', '\ufeffbad: []\n', `\ufeffbad:\n${block}`],
  ])('to %s', (_, text, expected) => {
    expect(addEntry(text, 'bad', entry)).toBe(expected);
    // A text of one line has no line end to go by.
    const end = text.includes('\n') ? '\r\n' : '\n';
    expect(addEntry(text.replaceAll('\n', end), 'bad', entry)).toBe(expected.replaceAll('\n', end));
  });

  it('writes a list of names and a switch', () => {
    const text = addEntry('', 'freezes', { tenants: ['a', 'no'], all: true });
    expect(text).toBe('freezes:\n  - tenants:\n      - a\n      - "no"\n    all: true\n');
  });

  it.each([
    '- 1\n',
    '{ bad: [] }\n',
    'bad: x\n',
    'a: &a []\nbad: *a\n',
    'bad: &a []\nb: *a\n',
    'bad: {}\n',
    'a: [\n',
  ])('refuses %j', text => {
    expect(() => addEntry(text, 'bad', entry)).toThrow('write it line by line');
  });
});

describe('removeItem', () => {
  it.each([
    [
      'the only entry',
      `a: 1\nbad: # none\n${block}rest: 1\n`,
      'a: 1\nbad: [] # none\nrest: 1\n',
      0,
    ],
    ['the only one in brackets', `bad: [${flow}] # x\n`, 'bad: [] # x\n', 0],
    ['the first', 'bad:\n  - a # x\n  # y\n  - b\n', 'bad:\n  # y\n  - b\n', 0],
    [
      'the last',
      'bad:\n  - a\n  - b: 1\n    c: |\n      x\n# end\nd: 1\n',
      'bad:\n  - a\n# end\nd: 1\n',
      1,
    ],
    ['one in brackets', 'bad: [ a, b, c ]\n', 'bad: [ a, c ]\n', 1],
    ['the last in brackets', 'bad: [ a, b ]\n', 'bad: [ a ]\n', 1],
    ['a dash on a line of its own', 'bad:\n  -\n    a: 1\n  - b\n', 'bad:\n  - b\n', 0],
  ])('%s', (_, text, expected, index) => {
    expect(removeItem(text, ['bad'], index)).toBe(expected);
    expect(removeItem(text.replaceAll('\n', '\r\n'), ['bad'], index)).toBe(
      expected.replaceAll('\n', '\r\n'),
    );
  });

  it('takes a name out of a list in an entry', () => {
    const text = 'freezes:\n  - tenants: [a, b]\n    x: 1\n  - tenants:\n      - a\n      - b\n';
    expect(removeItem(text, ['freezes', 0, 'tenants'], 0)).toContain('tenants: [b]\n');
    expect(removeItem(text, ['freezes', 1, 'tenants'], 1)).toMatch(/tenants:\n {6}- a\n$/);
  });

  it('refuses to take away what something else is an alias of', () => {
    expect(() => removeItem('bad:\n  - &a { x: 1 }\n  - *a\n', ['bad'], 0)).toThrow(
      'cannot be changed',
    );
  });
});

it('gives the text back as it was, whatever is added', () => {
  const note = fc.stringMatching(/^[ -~äß]{0,20}$/).map(text => ` # ${text}`);
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      note,
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', '  '),
      (reason, comment, end, indent) => {
        const lines = [
          '# head',
          `bad:${comment}`,
          `${indent}- version: a${comment}`,
          `${indent}  reason: b`,
        ];
        const text = [...lines, '# between', 'rest: 1', ''].join(end);
        const added = addEntry(text, 'bad', { version: 'x', reason });
        expect(parse(added).bad).toEqual([
          { version: 'a', reason: 'b' },
          { version: 'x', reason },
        ]);
        expect(removeItem(added, ['bad'], 1)).toBe(text);
      },
    ),
    { numRuns: 300 },
  );
});
