/** Bundles the embedded platform into one file, so that each of its processes starts in a moment. */
import { build } from 'esbuild';

await build({
  entryPoints: { main: 'src/main.ts', exitWithParent: 'src/supervisor/exitWithParent.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  alias: { 'cross-fetch': './src/nativeFetch.ts' },
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // Beside the bundle, not in it: each process of the platform would hold all of it in memory.
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
});
