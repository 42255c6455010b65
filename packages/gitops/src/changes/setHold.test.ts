import fc from 'fast-check';
import { parse } from 'yaml';
import { releaseHold, setHold } from './setHold';

const hold = {
  version: 'sha-1',
  reason: 'error rate: "5 %" # high',
  by: 'user:default/ada',
  since: '2026-11-23T10:00:00Z',
};
const lines =
  '  hold:\n    version: sha-1\n    reason: "error rate: \\"5 %\\" # high"\n    by: "user:default/ada"\n    since: "2026-11-23T10:00:00Z"\n';
const head = '# A tenant\ntenant:\n  name: tenant-a # its name\n  ring: 1 # last\n';
const tail = '\nimage:\n  tag: sha-1\n';

describe('setHold and releaseHold', () => {
  it.each([
    ['after the last key', `${head}${tail}`, `${head}${lines}${tail}`],
    ['in the last block', `image:\n  tag: sha-1\n${head}`, `image:\n  tag: sha-1\n${head}${lines}`],
    [
      'without a last line end',
      `image:\n  tag: sha-1\n${head.trimEnd()}`,
      `image:\n  tag: sha-1\n${head}${lines}`,
    ],
    [
      'with line ends of Windows',
      `${head}${tail}`.replaceAll('\n', '\r\n'),
      `${head}${lines}${tail}`.replaceAll('\n', '\r\n'),
    ],
    [
      'with other indentation',
      'tenant:\n     name: a\nimage: {}\n',
      `tenant:\n     name: a\n${lines.replace(/^ {2}/gm, '     ')}image: {}\n`,
    ],
  ])('%s', (_, without, expected) => {
    expect(setHold(without, hold)).toBe(expected);
    expect(parse(expected).tenant.hold).toEqual(hold);
    expect(releaseHold(expected)).toBe(without.endsWith('\n') ? without : `${without}\n`);
    expect(setHold(expected, hold)).toBe(expected);
  });

  it('replaces a hold, in whatever form it is', () => {
    const flow = `${head}  hold: { version: sha-0, reason: x, by: y, since: z } # until Monday\n${tail}`;
    expect(releaseHold(flow)).toBe(`${head}${tail}`);
    expect(setHold(flow, hold)).toBe(`${head}${lines}${tail}`);
    const folded = `${head}  hold:\n    version: sha-0\n    reason: >\n      long\n      text\n  tier: free\n${tail}`;
    expect(releaseHold(folded)).toBe(`${head}  tier: free\n${tail}`);
  });

  it('leaves a file without a hold as it is', () => {
    expect(releaseHold(`${head}${tail}`)).toBe(`${head}${tail}`);
  });

  it.each(['tenant: { name: a }\n', 'tenant:\n', '', 'a: [\n', 'tenant: x\n'])(
    'refuses %j',
    text => {
      expect(() => setHold(text, hold)).toThrow('not written line by line');
    },
  );

  it.each([
    ['NEL', '\u0085'],
    ['LS', '\u2028     '],
    ['PS', '\u2029'],
    ['a byte order mark', '\ufeff'],
    ['DEL', '\u007f'],
    ['text from right to left', '\u202e'],
  ])('takes a reason with %s', (_, reason) => {
    const held = setHold(`${head}${tail}`, { ...hold, reason });
    expect(held).toMatch(/^[ -~\n]*$/);
    expect(parse(held).tenant.hold.reason).toBe(reason);
    expect(releaseHold(held)).toBe(`${head}${tail}`);
  });

  it('takes any reason, and gives the file back as it was', () => {
    const note = fc.stringMatching(/^[ -~äß]{0,20}$/).map(text => ` # ${text}`);
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        note,
        fc.constantFrom('\n', '\r\n'),
        (reason, comment, end) => {
          const text =
            `tenant:\n  name: a${comment}\n  ring: 1${comment}\n# between\nimage:\n  tag: x\n`.replaceAll(
              '\n',
              end,
            );
          const held = setHold(text, { ...hold, reason });
          expect(parse(held)).toEqual({
            ...parse(text),
            tenant: { ...parse(text).tenant, hold: { ...hold, reason } },
          });
          expect(releaseHold(held)).toBe(text);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('refuses to remove a hold that something else is an alias of', () => {
    const text = 'tenant:\n  ring: 1\n  hold: &h { version: a }\nother: *h\n';
    expect(() => releaseHold(text)).toThrow('changing something else');
  });
});
