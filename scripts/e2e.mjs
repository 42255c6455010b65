// Plays the story in a browser against a portal of its own. Pictures go to e2e-test-report/. With --picture it takes README's
// picture anew instead.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** Holds what it sees to seconds, so that nothing else runs beside it. */
const aloneFile = 'story.test.ts';

/**
 * Runs every file of e2e/: most of them several at a time, on ports of their own, because they mostly wait; then the one that
 * runs alone.
 * @param {(part: string) => string[]} reportersOf - arguments for `node --test` for a part, for example where to write its report
 * @returns {Promise<Array<{ part: string, code: number }>>} the exit codes
 */
export async function runE2e(reportersOf = () => []) {
  const files = (await readdir(path.join(root, 'e2e'))).filter(name => name.endsWith('.test.ts'));
  const lanes = Math.min(3, availableParallelism() + 1);
  const parts = [
    { part: 'together', files: files.filter(name => name !== aloneFile), lanes },
    { part: 'alone', files: files.filter(name => name === aloneFile), lanes: 1 },
  ];
  const results = [];
  for (const { part, files: names, lanes: concurrency } of parts) {
    const args = ['--test', `--test-concurrency=${concurrency}`, ...reportersOf(part)];
    const code = await runNode([...args, ...names.map(name => `e2e/${name}`)]);
    results.push({ part, code });
  }
  return results;
}

/** @returns {Promise<number>} the exit code */
function runNode(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

if (import.meta.main) {
  const isPicture = process.argv.includes('--picture');
  process.exitCode = isPicture
    ? await runNode(['e2e/readmePicture.ts'])
    : (await runE2e()).find(({ code }) => code !== 0)?.code ?? 0;
}
