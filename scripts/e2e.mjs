// Plays the story in a browser against a portal of its own. Pictures go to e2e-test-report/.
import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/**
 * @param {string[]} reporters - arguments for `node --test`, for example where to write the report
 * @returns {Promise<number>} the exit code
 */
export function runE2e(reporters = []) {
  return new Promise((resolve, reject) => {
    // One after the other: each is a whole platform, and holds it to times.
    const args = ['--test', '--test-concurrency=1', ...reporters, 'e2e/*.test.ts'];
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

if (import.meta.main) {
  process.exitCode = await runE2e();
}
