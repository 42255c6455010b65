import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { kustomizationNames } from '../kustomize/findKustomization';
import type { ApplicationSource } from './applicationSource';
import { overKustomization } from './overKustomization';
import { RenderError } from './RenderError';
import { ProgramError, runProgram } from './runProgram';

/** Bounds of one build, in milliseconds and bytes. */
const limits = { timeoutMs: 30_000, maxBytes: 32 * 1024 * 1024 };

/** A base or patch may be an address, which kustomize asks, and Git for it: nobody answers there. */
const nobody = 'http://127.0.0.1:9';
const offline = { HTTP_PROXY: nobody, HTTPS_PROXY: nobody, GIT_ALLOW_PROTOCOL: 'none' };

/**
 * Builds a kustomization with the kustomize that kubectl brings. What `spec.source.kustomize` sets is written into it before, as
 * Argo CD does with `kustomize edit`.
 *
 * @param root - the tree of the commit on disk, which stays as it is
 * @returns YAML documents
 * @throws RenderError with kustomize's own words
 */
export async function renderKustomize(
  kubectl: string,
  root: string,
  source: ApplicationSource,
  isOffline = false,
): Promise<string> {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'argocd-kustomize-'));
  let tree = root;
  try {
    if (Object.keys(source.kustomize ?? {}).length > 0) {
      tree = path.join(scratch, 'tree');
      await cp(root, tree, { recursive: true, verbatimSymlinks: true });
      await edit(tree, source);
    }
    const folder = path.join(tree, source.path ?? '.');
    return await runProgram({
      program: kubectl,
      args: ['kustomize', folder],
      cwd: tree,
      // Nothing of the person's own at the machine takes part.
      env: {
        PATH: process.env.PATH,
        HOME: scratch,
        GOMEMLIMIT: '512MiB',
        ...(isOffline ? offline : {}),
      },
      ...limits,
    });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const said = error.message.replaceAll(tree, '<path to cached source>');
    // The program of its own writes the word large.
    const reason = said.replace(': error: ', ': Error: ');
    throw new RenderError(
      `\`kustomize build <path to cached source>/${source.path ?? ''}\` failed ${reason}`,
      error.fault === 'exit' ? error.stderr.replaceAll(`${tree}/`, '') : error.message,
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function edit(tree: string, { path: place = '.', kustomize }: ApplicationSource) {
  const folder = path.join(tree, place);
  const names = await readdir(folder);
  const name = kustomizationNames.find(one => names.includes(one));
  // Argo CD takes no folder for a kustomization that is none, whatever the source sets.
  if (name === undefined) return;
  const file = path.join(folder, name);
  const entries = new Set(await readdir(folder, { recursive: true }));
  let own: unknown;
  try {
    own = parse(await readFile(file, 'utf8'));
  } catch {
    throw new RenderError(`${path.posix.join(place, name)} is no YAML that can be read`);
  }
  const isThere = (component: string) =>
    entries.has(path.normalize(component)) || component.startsWith('../');
  await writeFile(file, stringify(overKustomization(own, kustomize ?? {}, isThere)));
}
