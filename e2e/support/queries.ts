import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Portal } from './portal.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The lines about queries that have no data and no reason to have none. */
export function queriesWithoutData(portal: Portal): Promise<string[]> {
  const args = ['--prometheus', portal.prometheus, '--loki', portal.loki];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['packages/dashboards/check.mjs', ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', chunk => (output += chunk));
    child.stderr.on('data', chunk => (errors += chunk));
    child.once('error', reject);
    child.once('exit', () => {
      const lines = output.split('\n');
      if (lines.some(line => /^\d+ queries, /.test(line))) {
        resolve(lines.filter(line => line.startsWith('FAILED')));
      } else {
        reject(new Error(`the check of the queries did not come to its end: ${errors}${output}`));
      }
    });
  });
}
