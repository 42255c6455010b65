import { parseChanges, splitPatches } from '../git/diff';
import { diffLines } from './diff';

describe('diffLines', () => {
  it('numbers the lines on both sides', () => {
    const patch =
      '@@ -1,2 +1,2 @@ title\n same\n-old\n+new\n\\ No newline at end of file\n@@ -10 +10,2 @@\n x\n+y';
    expect(diffLines(patch).map(line => [line.kind, line.before, line.after])).toEqual([
      ['hunk', undefined, undefined],
      ['same', 1, 1],
      ['remove', 2, undefined],
      ['add', undefined, 2],
      ['hunk', undefined, undefined],
      ['hunk', undefined, undefined],
      ['same', 10, 10],
      ['add', undefined, 11],
    ]);
  });
});

describe('parseChanges', () => {
  it('brings raw lines, counts and patches together, renames and type changes too', () => {
    const sha = (digit: string) => digit.repeat(40);
    const raw = [
      `:100644 100644 ${sha('1')} ${sha('2')} M`,
      'a.txt',
      `:100644 100644 ${sha('3')} ${sha('4')} R090`,
      'old name',
      'new name',
      `:100644 120000 ${sha('5')} ${sha('6')} T`,
      'link',
      `:100644 000000 ${sha('7')} ${sha('0')} D`,
      'gone.bin',
      '1\t2\ta.txt',
      '3\t4\t',
      'old name',
      'new name',
      '1\t1\tlink',
      '-\t-\tgone.bin',
      '',
    ].join('\0');
    const patches = splitPatches(
      [
        'diff --git a/a.txt b/a.txt\nindex 1..2\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-diff --git x\n+y\n',
        'diff --git a/old b/new\nsimilarity index 90%\n@@ -1 +1 @@\n-x\n+z\n',
        'diff --git a/link b/link\ndeleted file\n@@ -1 +0,0 @@\n-x\n',
        'diff --git a/link b/link\nnew file\n@@ -0,0 +1 @@\n+x\n',
        'diff --git a/gone.bin b/gone.bin\nBinary files differ\n',
      ].join(''),
    );
    expect(parseChanges(raw, patches)).toEqual([
      {
        status: 'modified',
        path: 'a.txt',
        blob: sha('2'),
        additions: 1,
        deletions: 2,
        patch: '@@ -1 +1 @@\n-diff --git x\n+y',
      },
      {
        status: 'renamed',
        path: 'new name',
        previousPath: 'old name',
        blob: sha('4'),
        additions: 3,
        deletions: 4,
        patch: '@@ -1 +1 @@\n-x\n+z',
      },
      { status: 'changed', path: 'link', blob: sha('6'), additions: 1, deletions: 1 },
      { status: 'removed', path: 'gone.bin', blob: sha('7'), additions: 0, deletions: 0 },
    ]);
  });
});
