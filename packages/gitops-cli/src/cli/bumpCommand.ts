import type { BumpRequest } from '../bump/planBump';
import { planOf } from '../bump/planOf';
import { writeFiles, WriteError } from '../bump/writeFiles';
import { directoryTree } from '../tree/directoryTree';
import { printBump, type BumpResult } from './bumpReport';
import { exitCodes, locateTree, parseInstant, type Context, type OutputFormat } from './context';
import { openPulls, type OpenPullOptions } from './openPulls';

/** Options of `gitops bump`. */
export interface BumpCommandOptions extends OpenPullOptions {
  dir?: string;
  output: OutputFormat;
  service: string;
  version: string;
  ring: number[];
  tenant: string[];
  inOrder?: boolean;
  openPr?: boolean;
  at?: string;
}

/** `gitops bump`: moves tenants to a version, in the files or by pull requests. Answers the exit code. */
export async function bumpCommand(context: Context, options: BumpCommandOptions): Promise<number> {
  const root = locateTree(context, options.dir);
  const request: BumpRequest = {
    service: options.service,
    version: options.version,
    rings: options.ring,
    tenants: options.tenant,
    inOrder: options.inOrder ?? false,
    at: options.at === undefined ? context.now() : parseInstant('--at', options.at),
  };
  const result = options.openPr
    ? await openPulls(context, root, request, options)
    : await inPlace(root, request, options.dryRun === true);
  printBump(context, options.output, result);
  return isDone(result) ? exitCodes.done : exitCodes.refused;
}

/** Whether everything that was asked for was done, or left alone for a good reason. */
function isDone({ plan, failed, proposals = [] }: BumpResult): boolean {
  return (
    failed === undefined &&
    plan.refused.length === 0 &&
    plan.skipped.every(({ kind }) => kind !== 'broken') &&
    proposals.every(({ outcome }) => outcome !== 'left-alone')
  );
}

async function inPlace(root: string, request: BumpRequest, dryRun: boolean): Promise<BumpResult> {
  const { plan } = await planOf(directoryTree(root), request);
  if (dryRun) return { plan, mode: 'dry-run' };
  try {
    writeFiles(root, plan.changes);
    return { plan, mode: 'files' };
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return { plan: { ...plan, changes: [] }, mode: 'files', failed: error.message };
  }
}
