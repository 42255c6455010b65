import path from 'node:path';
import { findHelm, findProgram, isProgram } from '@internal/gitops';
import type { Context } from './context';
import { UsageError } from './usageError';

/** The helm to be used. @throws UsageError when one is wanted and there is none */
export async function locateHelm(
  { env, directory }: Context,
  { helm, render }: { helm?: string; render?: boolean },
): Promise<string | undefined> {
  if (helm !== undefined) {
    const program = path.resolve(directory, helm);
    if (!(await isProgram(program))) throw new UsageError(`--helm ${helm}: is no program`);
    return program;
  }
  const found = await findHelm(undefined, env.PATH ?? '');
  if ('path' in found) return found.path;
  if (render) {
    throw new UsageError(
      'helm is not on the PATH: install helm 3.16 or newer, or name it with --helm',
    );
  }
  return undefined;
}

/** The kubectl to be used. @throws UsageError when the one that is named is none */
export async function locateKubectl(
  { env, directory }: Context,
  { kubectl }: { kubectl?: string },
): Promise<string | undefined> {
  if (kubectl === undefined) return findProgram('kubectl', env.PATH ?? '');
  const program = path.resolve(directory, kubectl);
  if (!(await isProgram(program))) throw new UsageError(`--kubectl ${kubectl}: is no program`);
  return program;
}
