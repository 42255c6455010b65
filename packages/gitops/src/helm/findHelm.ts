import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';

/** Where helm is, or a sentence that says what to do. */
export type HelmLocation = { path: string } | { problem: string };

/**
 * Finds helm.
 *
 * @param configured - value of `tenantReleases.helm.path`; without one the first helm of the search path is taken
 */
export async function findHelm(
  configured: string | undefined,
  searchPath: string = process.env.PATH ?? '',
): Promise<HelmLocation> {
  if (configured !== undefined) {
    if (await isProgram(configured)) return { path: configured };
    return {
      problem:
        'tenantReleases.helm.path leads to no program; set it to the path of helm 3.16 or newer',
    };
  }
  const found = await findProgram('helm', searchPath);
  if (found !== undefined) return { path: found };
  return {
    problem:
      'helm is not on the PATH of the portal; install helm 3.16 or newer, or set tenantReleases.helm.path',
  };
}

/** The first program of a name on a search path. */
export async function findProgram(name: string, searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    // Absolute: it may be run from within a tree, which must not bring a program of its own.
    const candidate = path.resolve(folder, process.platform === 'win32' ? `${name}.exe` : name);
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

/** Whether a path is a program that may be run. */
export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    // Not there, or not for us: either way it is none.
    return false;
  }
}
