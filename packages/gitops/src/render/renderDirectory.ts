import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ApplicationSource } from './applicationSource';
import { globMatches } from './globs';
import { pathInRepository } from './pathInRepository';
import { RenderError } from './RenderError';

/** No more than this is read of one directory; bytes. Argo CD's own limit. */
const maximumSize = 10 * 1024 * 1024;

/** A file of manifests: its name, for messages, and YAML documents. */
export interface ManifestText {
  name: string;
  text: string;
}

/**
 * The YAML and JSON files of a directory that hold objects, by the order of their paths.
 *
 * @param root - the tree of the commit on disk
 * @throws RenderError when they are too large or lie elsewhere, and for Jsonnet, which is not rendered here
 */
export async function renderDirectory(
  root: string,
  source: ApplicationSource,
): Promise<ManifestText[]> {
  const { recurse = false, include = '', exclude = '' } = source.directory ?? {};
  const directory = path.join(root, source.path ?? '.');
  const entries = await readdir(directory, { recursive: recurse, withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile() || entry.isSymbolicLink())
    .map(entry => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .filter(file => isWanted(file, include, exclude))
    .sort();
  const texts: ManifestText[] = [];
  let size = 0;
  for (const file of files) {
    if (file.endsWith('.jsonnet')) {
      throw new RenderError(`${file} is Jsonnet, which is not rendered here`);
    }
    const real = await pathInRepository(root, source.path ?? '.', file);
    if (!real) continue;
    const text = await readFile(real, 'utf8');
    size += Buffer.byteLength(text);
    if (size > maximumSize) throw new RenderError('exceeded max combined manifest file size');
    if (!/(^|\n)\s*"?(apiVersion|kind)"?\s*:/.test(text) && !file.endsWith('.json')) continue;
    texts.push({ name: path.basename(file), text });
  }
  return texts;
}

/** Include and exclude are globs over the path below the directory. */
function isWanted(file: string, include: string, exclude: string): boolean {
  if (!/\.(ya?ml|json|jsonnet)$/.test(file)) return false;
  if (exclude && globMatches(exclude, file)) return false;
  return !include || globMatches(include, file);
}
