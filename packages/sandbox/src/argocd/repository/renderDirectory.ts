import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ApplicationSource } from '../application';
import { KubernetesObject } from '../kubernetes/types';
import { globMatches } from './globs';
import { ManifestError } from './manifestError';
import { parseManifests } from './parseManifests';
import { pathInRepository } from './pathInRepository';

/** No more than this is read of one directory; bytes. Argo CD's own limit. */
const maximumSize = 10 * 1024 * 1024;

/**
 * The objects in the YAML and JSON files of a directory, by the order of their paths.
 * @param root - the tree of the commit on disk.
 * @throws {@link ManifestError} when a file cannot be read as manifests.
 */
export async function renderDirectory(
  root: string,
  source: ApplicationSource,
): Promise<KubernetesObject[]> {
  const { recurse = false, include = '', exclude = '' } = source.directory ?? {};
  const directory = path.join(root, source.path ?? '.');
  const entries = await readdir(directory, { recursive: recurse, withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile() || entry.isSymbolicLink())
    .map(entry => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .filter(file => isWanted(file, include, exclude))
    .sort();
  const objects: KubernetesObject[] = [];
  let size = 0;
  for (const file of files) {
    const real = await pathInRepository(root, source.path ?? '.', file);
    if (!real) continue;
    const text = await readFile(real, 'utf8');
    size += Buffer.byteLength(text);
    if (size > maximumSize) throw new ManifestError('exceeded max combined manifest file size');
    if (!/(^|\n)\s*"?(apiVersion|kind)"?\s*:/.test(text) && !file.endsWith('.json')) continue;
    objects.push(...parseManifests(text, path.basename(file)));
  }
  return objects;
}

/** Include and exclude are globs over the path below the directory. */
function isWanted(file: string, include: string, exclude: string): boolean {
  if (!/\.(ya?ml|json)$/.test(file)) return false;
  if (exclude && globMatches(exclude, file)) return false;
  return !include || globMatches(include, file);
}
