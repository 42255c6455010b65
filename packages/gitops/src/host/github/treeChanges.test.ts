import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { Listing } from './GithubRepository';
import { fileAt, treeChanges } from './treeChanges';

let folder: string;
const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tree-changes-'));
  git('init', '--quiet');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A tree object of files, made by real Git. */
function treeOf(files: Record<string, string>): string {
  const index = { ...process.env, GIT_INDEX_FILE: path.join(folder, 'index') };
  rmSync(index.GIT_INDEX_FILE, { force: true });
  const lines = Object.entries(files).map(([file, content]) => {
    writeFileSync(path.join(folder, 'content'), content);
    return `100644 ${git('hash-object', '-w', 'content').trim()}\t${file}\n`;
  });
  const options = { cwd: folder, env: index, encoding: 'utf8' as const };
  execFileSync('git', ['update-index', '--index-info'], { ...options, input: lines.join('') });
  return execFileSync('git', ['write-tree'], options).trim();
}

/** Listings as the API gives them, and how many were asked for. */
function repository() {
  const asked: string[] = [];
  return {
    asked,
    async listing(sha: string): Promise<Listing> {
      asked.push(sha);
      const lines = git('ls-tree', sha).split('\n').filter(Boolean);
      return new Map(
        lines.map(line => {
          const [, mode, id, name] = /^(\d+) \w+ (\w+)\t(.*)$/.exec(line) ?? [];
          return [name, { path: name, mode, sha: id }];
        }),
      );
    },
  };
}

const segment = fc.constantFrom('a', 'b', 'c');
const files = fc
  .dictionary(
    fc.array(segment, { minLength: 1, maxLength: 3 }).map(parts => parts.join('/')),
    fc.constantFrom('1', '2'),
    { maxKeys: 6 },
  )
  // Nothing is a file and a folder at once.
  .filter(all =>
    Object.keys(all).every(one => Object.keys(all).every(other => !other.startsWith(`${one}/`))),
  );

it('finds what git diff-tree finds, for any two trees', async () => {
  mkdirSync(folder, { recursive: true });
  await fc.assert(
    fc.asyncProperty(files, files, async (one, other) => {
      const [from, to] = [treeOf(one), treeOf(other)];
      const found = await treeChanges(repository(), from, to);
      const expected = git('diff-tree', '-r', '--no-renames', '--name-only', from, to);
      expect([...(found ?? new Map()).keys()].sort()).toEqual(
        expected.split('\n').filter(Boolean).sort(),
      );
      for (const [file, { before, after }] of found ?? []) {
        expect([before === undefined, after === undefined]).toEqual([
          !(file in one),
          !(file in other),
        ]);
        expect(await fileAt(repository(), to, file)).toEqual(after);
      }
    }),
    { numRuns: 15, seed: 9 },
  );
}, 60_000);

it('opens no folder that is the same', async () => {
  const same = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`x/${index}/y`, 'z']));
  const [from, to] = [treeOf({ ...same, 'a/b': '1' }), treeOf({ ...same, 'a/b': '2' })];
  const { asked, ...reader } = repository();
  expect([...((await treeChanges(reader, from, to)) ?? [])].map(([file]) => file)).toEqual(['a/b']);
  expect(asked).toHaveLength(4);
  expect(await treeChanges(reader, to, to)).toEqual(new Map());
  expect(asked).toHaveLength(4);
});

it('gives up on more folders than a bump changes', async () => {
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`${index}/y`, 'z']));
  expect(await treeChanges(repository(), treeOf({}), treeOf(many))).toBeUndefined();
}, 60_000);
