import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The portal's own clients and parsers, and the embedded platform's servers. */
export type Workspace = typeof import('../bundled/index');

/**
 * Bundles the packages' sources, which are written for a bundler and not for Node's own loader, and loads them: so what is
 * tested is always what the checkout holds.
 */
export async function loadWorkspace(): Promise<Workspace> {
  const folder = await mkdtemp(path.join(tmpdir(), 'contract-bundle-'));
  const outfile = path.join(folder, 'workspace.cjs');
  try {
    await build({
      entryPoints: [path.resolve(import.meta.dirname, '../bundled/index.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      sourcemap: 'inline',
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
