import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { git, GitError } from './git';

/**
 * Merges two changes of a text as Git does.
 *
 * @returns `undefined` when they conflict, or Git is not there to tell
 */
export async function mergeText(
  ours: Uint8Array,
  base: Uint8Array,
  theirs: Uint8Array,
): Promise<Buffer | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gitops-merge-'));
  try {
    const files = { ours, base, theirs };
    for (const [name, content] of Object.entries(files)) {
      await writeFile(path.join(folder, name), content);
    }
    return await git(folder, ['merge-file', '--stdout', ...Object.keys(files)]);
  } catch (error) {
    // Its exit code is the number of conflicts.
    if (error instanceof GitError) return undefined;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
