import fc from 'fast-check';
import { unifiedDiff } from './unifiedDiff';

const names = { from: 'a/x', to: 'b/x' };
const diff = (before: string[], after: string[], context?: number) =>
  unifiedDiff(before.join('\n'), after.join('\n'), { ...names, context })
    .text.split('\n')
    .slice(2, -1);

describe('unifiedDiff', () => {
  it.each<[string, string[], string[], string[]]>([
    ['nothing', ['a', 'b'], ['a', 'b'], []],
    [
      'a changed line',
      ['a', 'b', 'c'],
      ['a', 'x', 'c'],
      ['@@ -1,3 +1,3 @@', ' a', '-b', '+x', ' c'],
    ],
    ['a new text', [], ['a'], ['@@ -0,0 +1 @@', '+a']],
    ['a text that is gone', ['a'], [], ['@@ -1 +0,0 @@', '-a']],
    ['an inserted line', ['a', 'c'], ['a', 'b', 'c'], ['@@ -1,2 +1,3 @@', ' a', '+b', ' c']],
  ])('shows %s', (_, before, after, expected) => {
    expect(diff(before, after)).toEqual(expected);
  });

  it('makes a hunk of each place, and one of places that are near', () => {
    const before = Array.from({ length: 20 }, (_, line) => String(line));
    const after = before.map(line => (['2', '4', '15'].includes(line) ? `${line}!` : line));
    expect(diff(before, after, 1).filter(line => line.startsWith('@@'))).toEqual([
      '@@ -2,5 +2,5 @@',
      '@@ -15,3 +15,3 @@',
    ]);
  });

  it('is cut at the end of a line, and shows no control characters', () => {
    const { text, truncated } = unifiedDiff(
      '',
      `${'x'.repeat(50)}\n\u001b[31mred\n${'y'.repeat(99)}`,
      {
        ...names,
        maxLength: 100,
      },
    );
    expect([truncated, text.length <= 100, text.endsWith('\n')]).toEqual([true, true, true]);
    expect(unifiedDiff('', '\u001b[31m\u202e', names).text).not.toMatch(/[\p{Cc}\u202e]{2}/u);
  });

  it('takes little time for texts that have nothing in common', () => {
    const lines = (name: string) =>
      Array.from({ length: 20_000 }, (_, line) => name + line).join('\n');
    const startedAt = Date.now();
    expect(unifiedDiff(lines('a'), lines('b'), names).truncated).toBe(true);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
  });

  it('leads from the one text to the other, on the shortest way', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diff(before, after, 1_000).slice(1);
        const kept = before.join() === after.join() ? before : undefined;
        const side = (sign: string) =>
          kept ??
          lines
            .filter(line => ' '.includes(line[0]) || line[0] === sign)
            .map(line => line.slice(1));
        expect(side('-')).toEqual(before);
        expect(side('+')).toEqual(after);
        const changes = lines.filter(line => line[0] !== ' ').length;
        expect(changes).toBe(before.length + after.length - 2 * longestCommon(before, after));
      }),
    );
  });
});

function longestCommon(a: string[], b: string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      table[i][j] =
        a[i - 1] === b[j - 1]
          ? table[i - 1][j - 1] + 1
          : Math.max(table[i - 1][j], table[i][j - 1]);
    }
  }
  return table[a.length][b.length];
}
