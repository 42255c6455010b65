import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  LayoutError,
  liveApplications,
  LiveError,
  parseLayouts,
  type Layout,
  type ReadOptions,
  readYaml,
  decode,
  TreeError,
} from '@internal/gitops';
import { locateHelm } from './locateHelm';
import type { Context } from './context';
import { UsageError } from './usageError';

/** Options of the commands that look at any repository. */
export interface RepositoryOptions {
  dir?: string;
  /** Addresses by which Argo CD knows the repository. */
  repository: string[];
  argocdFile?: string;
  helm?: string;
}

/** The layouts of a file in JSON or YAML. @throws UsageError */
export function readLayouts(context: Context, file: string): Layout[] {
  const { documents, problems } = readYaml(contentOf(context, '--layouts', file), { single: true });
  const [problem] = problems;
  if (documents.length === 0) {
    throw new UsageError(
      `--layouts ${file}: line ${problem?.line ?? 1} ${problem?.problem ?? 'is empty'}`,
    );
  }
  try {
    return parseLayouts(documents[0].value);
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    throw new UsageError(`--layouts ${file}: ${error.message}`);
  }
}

/** How the repository is read. @throws UsageError */
export async function readOptions(
  context: Context,
  options: RepositoryOptions,
): Promise<ReadOptions> {
  const { argocdFile, repository } = options;
  const helm = await locateHelm(context, { helm: options.helm });
  const more = { ...(helm ? { helm } : {}), addresses: repository };
  if (argocdFile === undefined) return more;
  try {
    return { ...more, live: liveApplications(contentOf(context, '--argocd-file', argocdFile)) };
  } catch (error) {
    if (!(error instanceof LiveError)) throw error;
    throw new UsageError(`--argocd-file ${argocdFile}: ${error.message}`);
  }
}

function contentOf({ directory }: Context, option: string, file: string): string {
  try {
    return decode(readFileSync(path.resolve(directory, file)));
  } catch (error) {
    const reason = error instanceof TreeError ? error.problem : 'cannot be read';
    throw new UsageError(`${option} ${file}: ${reason}`);
  }
}
