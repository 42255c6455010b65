import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { RenderError } from './RenderError';

/**
 * The file that a path in an Application names: an absolute one counts from the repository's root, another one from the
 * application's directory.
 * @returns an absolute path, with links followed; undefined when there is no such file.
 * @throws {@link RenderError} when it lies outside of the repository, also by a link.
 */
export async function pathInRepository(
  root: string,
  directory: string,
  file: string,
): Promise<string | undefined> {
  const wanted = file.startsWith('/') ? path.join(root, file) : path.join(root, directory, file);
  assertInside(root, wanted, file);
  const [realRoot, real] = await Promise.all([
    realpath(root),
    realpath(wanted).catch(() => undefined),
  ]);
  if (!real) return undefined;
  assertInside(realRoot, real, file);
  return real;
}

function assertInside(root: string, wanted: string, file: string): void {
  const relative = path.relative(root, wanted);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) {
    throw new RenderError(`value file ${file} resolved to outside repository root`);
  }
}
