// Plays the story in a browser against a portal of its own. Pictures go to e2e-test-report/. With --picture it takes README's
// picture anew instead.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/**
 * @param {string[]} reporters - arguments for `node --test`, for example where to write the report
 * @returns {Promise<number>} the exit code
 */
export function runE2e(reporters = []) {
  // Each file has a platform of its own, on ports of its own, and mostly waits for it.
  const lanes = Math.min(3, availableParallelism() + 1);
  return runNode(['--test', `--test-concurrency=${lanes}`, ...reporters, 'e2e/*.test.ts']);
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
  process.exitCode = await (isPicture ? runNode(['e2e/readmePicture.ts']) : runE2e());
}
