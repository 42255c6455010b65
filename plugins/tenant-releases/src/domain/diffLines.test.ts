import { imageDiff } from '../testing/detailFixtures';
import { countDiff, maxDiffLines, readDiff } from './diffLines';

/** Each line as `mark before/after text`. */
const written = (text: string) =>
  readDiff(text).lines.map(
    ({ kind, before = '', after = '', text: line }) => `${kind} ${before}/${after} ${line}`,
  );

describe('readDiff', () => {
  it('numbers lines and leaves the names of the files out', () => {
    expect(written(imageDiff)).toEqual([
      'gap / line 8',
      'same 8/8 image:',
      'removed 9/   tag: sha-0000001',
      'added /9   tag: sha-1a2b3c4',
    ]);
  });

  it('goes on after a gap; at the top there is none', () => {
    const text = ['--- a', '+++ b', '@@ -1,2 +1 @@', '-x', ' y', '@@ -20 +19,2 @@', ' z', '+w', ''];
    expect(written(text.join('\n'))).toEqual([
      'removed 1/ x',
      'same 2/1 y',
      'gap / line 19',
      'same 20/19 z',
      'added /20 w',
    ]);
  });

  it.each([
    [
      'a new file',
      ['--- /dev/null', '+++ b', '@@ -0,0 +1,2 @@', '+a', '+b'],
      ['added /1 a', 'added /2 b'],
    ],
    ['a file that is gone', ['--- a', '+++ /dev/null', '@@ -1 +0,0 @@', '-a'], ['removed 1/ a']],
    [
      'lines that look like a head',
      ['--- a', '+++ b', '@@ -1 +1 @@', '--- x', '+++ y'],
      ['removed 1/ -- x', 'added /1 ++ y'],
    ],
    ['a remark of diff', ['@@ -1 +1 @@', ' a', '\\ No newline at end of file'], ['same 1/1 a']],
    ['what is no difference', ['<html>', 'Bad gateway'], []],
    ['a line without a mark', ['@@ -1 +1 @@', '<b>'], ['same 1/1 <b>']],
    ['nothing', [''], []],
  ])('reads %s', (_, lines, expected) => {
    expect(written(lines.join('\n'))).toEqual(expected);
  });

  it('is bounded, in lines and in their length', () => {
    const many = readDiff(`@@ -1 +1 @@\n${'+x\n'.repeat(100_000)}`);
    expect(many.truncated).toBe(true);
    expect(many.lines).toHaveLength(maxDiffLines);
    const [long] = readDiff(`@@ -1 +1 @@\n+${'x'.repeat(1_000_000)}`).lines;
    expect(long.text.length).toBeLessThanOrEqual(2_000);
    expect(long.text.endsWith('…')).toBe(true);
  });
});

describe('countDiff', () => {
  it('counts lines by kind', () => {
    expect(countDiff(readDiff(imageDiff).lines)).toBe('+1 -1');
  });
});
