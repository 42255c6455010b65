import fc from 'fast-check';
import { LogqlError } from './logqlError';
import { compileRegularExpression } from './regularExpression';

describe('compileRegularExpression', () => {
  it.each<[pattern: string, matches: string[], differs: string[]]>([
    ['err', ['an error'], ['ERR', '']],
    ['(?i)err', ['an ERRor'], ['ER R']],
    ['(?i:a)b', ['Ab'], ['AB']],
    ['^a.c$', ['abc', 'a😀c'], ['ac', 'abbc', 'a\nc']],
    ['(?s)a.c', ['a\nc'], ['ac']],
    ['(?P<name>x)y', ['xy'], ['x']],
    ['\\Qa.b\\E', ['a.b'], ['axb']],
    ['a\\-b\\/\\"', ['a-b/"'], ['ab']],
    ['\\x41\\x{1F600}', ['A😀'], ['A']],
    ['[[:digit:]]+[^[:alpha:]]', ['12-'], ['ab', '1a']],
    ['[]a]', [']', 'a'], ['b']],
    ['[\\d\\-.]', ['1', '-', '.'], ['a']],
    ['\\pL\\p{Greek}', ['aα'], ['1α', 'ab']],
    ['a{2}b{1,}c{0,1}', ['aab', 'aabbc'], ['ab']],
    ['{x}', ['{x}'], ['x']],
    ['\\Aab\\z', ['ab'], ['ab\n', 'cab']],
    ['"status":5\\d\\d', ['{"status":503}'], ['{"status":403}']],
    ['(a|b)+c', ['ababc'], ['abab']],
  ])('reads %s as RE2 does', (pattern, matches, differs) => {
    const expression = compileRegularExpression(pattern, false);
    for (const text of matches) expect([text, expression.test(text)]).toEqual([text, true]);
    for (const text of differs) expect([text, expression.test(text)]).toEqual([text, false]);
  });

  it('matches the whole text when anchored, alternatives included', () => {
    const expression = compileRegularExpression('a|b.*', true);
    expect(['a', 'b', 'bx', 'b\nx'].map(text => expression.test(text))).toEqual(
      Array(4).fill(true),
    );
    expect(['xa', 'ax', 'xb'].some(text => expression.test(text))).toBe(false);
  });

  it.each([
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(?!a)', 'invalid or unsupported Perl syntax: `(?!`'],
    ['(?<=a)', 'invalid or unsupported Perl syntax: `(?<`'],
    ['(a)\\1', 'invalid escape sequence: `\\1`'],
    ['\\y', 'invalid escape sequence: `\\y`'],
    ['(a', 'missing closing ): `(a`'],
    ['a)', 'unexpected ): `a)`'],
    ['[a', 'missing closing ]: `[a`'],
    ['[[:nope:]]', 'invalid character class'],
    ['*a', 'invalid expression'],
    ['a\\', 'trailing backslash'],
    ['a(?i)b', 'flags are supported at the beginning only'],
    ['x'.repeat(1001), 'longer than 1000 characters'],
  ])('refuses %s', (pattern, message) => {
    expect(() => compileRegularExpression(pattern, false)).toThrow(message);
    expect(() => compileRegularExpression(pattern, false)).toThrow(
      /^parse error : error parsing regexp: /,
    );
  });

  it('either takes a pattern or says what is wrong with it', () => {
    const parts = fc.constantFrom(
      ...[
        'a',
        'é',
        '😀',
        '.',
        '*',
        '+',
        '?',
        '{2}',
        '{,2}',
        '{',
        '}',
        '(',
        '(?:',
        '(?i)',
        '(?P<n>',
      ],
      ...[
        ')',
        '[',
        ']',
        '^',
        '$',
        '|',
        '-',
        '\\',
        '\\d',
        '\\Q',
        '\\E',
        '\\x4',
        '\\pL',
        '[:alpha:]',
        '/',
      ],
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), pieces => {
        const outcome = () => {
          try {
            return typeof compileRegularExpression(pieces.join(''), true).test('aé😀 aaa');
          } catch (error) {
            return error instanceof LogqlError ? 'refused' : error;
          }
        };
        expect(['boolean', 'refused']).toContain(outcome());
      }),
      { numRuns: 2000 },
    );
  });

  it('takes every text with its special characters escaped as that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const escaped = text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
        expect(compileRegularExpression(escaped, true).test(text)).toBe(true);
      }),
    );
  });

  it.each(['(a+)+$', '((a*)b?)*', '(?:.*x)+', '(a{2,})*'])(
    'refuses %s, which could hang this process',
    pattern => {
      expect(() => compileRegularExpression(pattern, false)).toThrow(/repetition of a repetition/);
    },
  );
});
