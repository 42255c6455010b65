/**
 * Asks a running platform every query of dashboards, rules and alerts:
 *
 *     node packages/dashboards/check.mjs --prometheus http://localhost:7104 --loki http://localhost:7105 --tenant tenant-a
 *
 * Exit code 1 when one is refused, or has no data without a reason.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';

const packageDir = import.meta.dirname;
await build({
  absWorkingDir: packageDir,
  entryPoints: { check: 'src/__testUtils__/live/main.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'warning',
});
const { status } = spawnSync(
  process.execPath,
  [path.join(packageDir, 'dist/check.cjs'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: { ...process.env, REPOSITORY_ROOT: path.resolve(packageDir, '../..') },
  },
);
process.exitCode = status ?? 1;
