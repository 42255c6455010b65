import { planBump, type BumpPlan, type BumpRequest } from '../bump/planBump';
import { writeFiles, WriteError } from '../bump/writeFiles';
import { readPolicy } from '../check/checkPolicy';
import { checkTenantFile } from '../check/checkTenantFile';
import { readTenants, type Tenant } from '../check/tenants';
import { tenantSchema } from '../schema/tenantSchema';
import type { Finding } from '../finding';
import { directoryTree } from '../tree/directoryTree';
import type { TreeSource } from '../tree/treeSource';
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
  dryRun?: boolean;
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
  const isRefused =
    result.plan.refused.length > 0 || result.plan.skipped.some(({ kind }) => kind === 'broken');
  return isRefused || result.failed ? exitCodes.refused : exitCodes.done;
}

async function inPlace(root: string, request: BumpRequest, dryRun: boolean): Promise<BumpResult> {
  const plan = await planOf(directoryTree(root), request);
  if (dryRun || plan.changes.length === 0) return { plan, mode: dryRun ? 'dry-run' : 'files' };
  try {
    writeFiles(root, plan.changes);
    return { plan, mode: 'files' };
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return { plan: { ...plan, changes: [] }, mode: 'files', failed: error.message };
  }
}

/**
 * Plans a bump of a tree, with the same eyes as the check: a file that is not valid is left alone, and under a policy that
 * cannot be read nothing is done.
 */
export async function planOf(tree: TreeSource, request: BumpRequest): Promise<BumpPlan> {
  const { tenants } = await readTenants(tree);
  const { errors } = await tenantSchema(tree);
  for (const tenant of tenants) {
    const { file, findings } = checked(tenant, errors);
    if (file) tenant.file = file;
    else if (findings[0]) tenant.problem = `${findings[0].key} ${findings[0].problem}`;
  }
  const { policy, findings } = await readPolicy(tree);
  const broken = findings.filter(({ severity }) => severity === 'error');
  const plan = planBump(tenants, policy, request);
  if (broken.length === 0) return plan;
  const [{ file, line, key, problem }] = broken;
  const refused = `${file}:${line} ${key} ${problem}: nobody knows what is frozen or bad`;
  return { ...plan, changes: [], refused: [refused, ...plan.refused] };
}

function checked(
  { path, name, text }: Tenant,
  errors: Parameters<typeof checkTenantFile>[3],
): { file?: Tenant['file']; findings: Finding[] } {
  return text === undefined ? { findings: [] } : checkTenantFile(path, name, text, errors);
}
