import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '@backstage/config';

/** Where helm is, or a sentence that says what to do. */
export type HelmLocation = { path: string } | { problem: string };

/** Finds helm: `tenantReleases.helm.path`, else the first one on the PATH. */
export async function findHelm(
  config: Config,
  searchPath: string = process.env.PATH ?? '',
): Promise<HelmLocation> {
  const configured = config.getOptionalString('tenantReleases.helm.path');
  if (configured !== undefined) {
    return (await isProgram(configured))
      ? { path: configured }
      : {
          problem: `tenantReleases.helm.path is ${configured}, which is no program; set it to the path of helm 3.16 or newer`,
        };
  }
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    const candidate = path.join(folder, process.platform === 'win32' ? 'helm.exe' : 'helm');
    if (await isProgram(candidate)) return { path: candidate };
  }
  return {
    problem:
      'helm is not on the PATH of the portal; install helm 3.16 or newer, or set tenantReleases.helm.path',
  };
}

async function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
