import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeFiles } from './writeFiles';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'write-files-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const all = () => readdirSync(root, { recursive: true }).sort();

it('makes new files with their folders, beside those that it changes', () => {
  writeFileSync(path.join(root, 'old.yaml'), 'a: 1\n');
  writeFiles(root, [
    { path: 'new/deep/a.yaml', text: 'x\n' },
    { path: 'new/b.yaml', text: 'y\n' },
    { path: 'old.yaml', before: 'a: 1\n', text: 'a: 2\n' },
  ]);
  expect(all()).toEqual(['new', 'new/b.yaml', 'new/deep', 'new/deep/a.yaml', 'old.yaml']);
  expect(readFileSync(path.join(root, 'old.yaml'), 'utf8')).toBe('a: 2\n');
});

it.each([
  ['a file that is there by now', () => writeFileSync(path.join(root, 'z.yaml'), 'mine')],
  ['a link in the place of the file', () => symlinkSync('/nowhere', path.join(root, 'z.yaml'))],
  ['a folder in the place of the file', () => mkdirSync(path.join(root, 'z.yaml'))],
])('leaves everything as it was at %s', (_, prepare) => {
  prepare();
  writeFileSync(path.join(root, 'old.yaml'), 'a: 1\n');
  const before = all();
  const write = () =>
    writeFiles(root, [
      { path: 'new/deep/a.yaml', text: 'x\n' },
      { path: 'old.yaml', before: 'a: 1\n', text: 'a: 2\n' },
      { path: 'z.yaml', text: 'y\n' },
    ]);
  expect(write).toThrow('z.yaml cannot be written (it has changed meanwhile)');
  expect(all()).toEqual(before);
  expect(readFileSync(path.join(root, 'old.yaml'), 'utf8')).toBe('a: 1\n');
});

it('makes no folder behind a link', () => {
  const outside = mkdtempSync(path.join(tmpdir(), 'outside-'));
  symlinkSync(outside, path.join(root, 'link'));
  expect(() => writeFiles(root, [{ path: 'link/deep/a.yaml', text: 'x' }])).toThrow(
    'link/deep/a.yaml cannot be written (link is no folder)',
  );
  expect(existsSync(path.join(outside, 'deep'))).toBe(false);
  rmSync(outside, { recursive: true });
});
