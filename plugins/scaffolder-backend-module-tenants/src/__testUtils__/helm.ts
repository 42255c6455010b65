import path from 'node:path';
import { findHelm } from '@internal/plugin-tenant-releases-node';

/** The checkout that this file is part of. */
export const repositoryRoot = path.resolve(__dirname, '../../../..');

/**
 * A real helm: from the PATH, else the one that `npm test` brings.
 *
 * @throws Error that says how to get one
 */
export async function realHelm(): Promise<string> {
  const places = [
    process.env.PATH,
    path.join(repositoryRoot, '.tools/bin'),
    path.join(repositoryRoot, '.tools/testing'),
  ];
  const helm = await findHelm(undefined, places.join(path.delimiter));
  if ('path' in helm) return helm.path;
  throw new Error(
    'These tests need helm: run them with npm test, which brings it, or put helm on the PATH',
  );
}
