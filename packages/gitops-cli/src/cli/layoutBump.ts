import {
  bumpRelease,
  ChangeRefusal,
  directoryCheckout,
  examine,
  withDeployments,
  type BumpEdit,
  writeFiles,
  WriteError,
} from '@internal/gitops';
import { exitCodes, locateFolder, type Context, type OutputFormat } from './context';
import { readLayouts, readOptions, type RepositoryOptions } from './layoutsFile';
import { UsageError } from './usageError';

/** Options of `gitops bump --layouts`. */
export interface LayoutBumpOptions extends RepositoryOptions {
  output: OutputFormat;
  layouts: string;
  service: string;
  version: string;
  tenant: string[];
  environment?: string;
  cluster?: string;
  dryRun?: boolean;
}

/** `gitops bump --layouts`: moves a tenant to a version where that stands, in any layout. Answers the exit code. */
export async function layoutBump(context: Context, options: LayoutBumpOptions): Promise<number> {
  const { tenant: tenants, service, version, environment, cluster, dryRun = false } = options;
  if (tenants.length !== 1) throw new UsageError('--layouts wants one --tenant');
  const root = locateFolder(context, options);
  const checkout = directoryCheckout(root);
  const layouts = readLayouts(context, options.layouts);
  const read = await readOptions(context, options);
  const { releases } = await withDeployments(checkout, read, deployed =>
    examine(checkout, deployed, layouts),
  );
  const choice = { tenant: tenants[0], service, environment, cluster };
  try {
    const edits = bumpRelease(checkout, releases, choice, version);
    if (!dryRun) writeFiles(root, edits);
    print(context, options.output, version, edits, dryRun);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof ChangeRefusal) && !(error instanceof WriteError)) throw error;
    context.warn(`gitops: ${error.message}`);
    return exitCodes.refused;
  }
}

function print(
  context: Context,
  output: OutputFormat,
  version: string,
  edits: readonly BumpEdit[],
  dryRun: boolean,
): void {
  if (output === 'json') {
    const changes = edits.map(({ path, releases }) => ({ path, releases }));
    context.write(`${JSON.stringify({ version, dryRun, changes }, undefined, 2)}\n`);
    return;
  }
  if (edits.length === 0) context.write(`Nothing to change: it has ${version} already\n`);
  for (const { path, releases } of edits) {
    for (const { tenant, service, from, line } of releases) {
      context.write(
        `${path}:${line} ${tenant}/${service} ${from} -> ${version}${dryRun ? ' (dry run)' : ''}\n`,
      );
    }
  }
}
