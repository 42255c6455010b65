/** Writes gitops/platform/grafana/dashboards/*.json from src/. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { parse } from 'yaml';

const packageDir = import.meta.dirname;
const platformDir = path.resolve(packageDir, '../../gitops/platform');
// Alerts name the portal, too: their configuration is the one place that says where it is.
const prometheus = parse(
  readFileSync(path.join(platformDir, 'prometheus/prometheus.yaml'), 'utf8'),
);
const portalUrl = prometheus.global.external_labels.portal_url;

await build({
  absWorkingDir: packageDir,
  entryPoints: { main: 'src/main.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'warning',
});
const main = path.join(packageDir, 'dist/main.cjs');
const args = [main, path.join(platformDir, 'grafana/dashboards'), portalUrl];
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
