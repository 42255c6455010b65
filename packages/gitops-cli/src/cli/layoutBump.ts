import {
  bumpRelease,
  ChangeRefusal,
  directoryCheckout,
  directoryTree,
  examine,
  judgeEdits,
  mayMatter,
  mirrorCheckout,
  mirrorTree,
  proposeChange,
  readPolicyState,
  releaseDraft,
  requireAllowed,
  withDeployments,
  withPolicyHolds,
  writeFiles,
  WriteError,
  type BumpEdit,
  type Checkout,
  type FoundRelease,
  type ProposedChange,
  type TreeSource,
} from '@internal/gitops';
import { describeProposal } from './bumpReport';
import { exitCodes, locateFolder, parseInstant, type Context, type OutputFormat } from './context';
import { sentence, type Registries } from './registryOptions';
import { readLayouts, readOptions, type RepositoryOptions } from './layoutsFile';
import { atHost, type OpenPullOptions } from './openPulls';
import { readPlaces, type PlaceOptions } from './readPlaces';
import { UsageError } from './usageError';

/** Options of `gitops bump --layouts`. */
export interface LayoutBumpOptions extends RepositoryOptions, PlaceOptions {
  output: OutputFormat;
  layouts: string;
  service: string;
  version: string;
  tenant: string[];
  environment?: string;
  cluster?: string;
  dryRun?: boolean;
  at?: string;
}

/** What a bump came to. */
interface LayoutBumpResult {
  edits: readonly BumpEdit[];
  /** Images of which nobody knows whether they exist. */
  warnings: string[];
  proposal?: ProposedChange;
}

/**
 * `gitops bump --layouts`: moves a tenant to a version where that stands, in any layout. Answers the exit code.
 *
 * @param pulls - opens a pull request instead of changing the files
 * @param registries - asked whether the image exists
 */
export async function layoutBump(
  context: Context,
  options: LayoutBumpOptions,
  pulls: OpenPullOptions | undefined,
  registries: Registries,
): Promise<number> {
  const { tenant: tenants, service, version, environment, cluster, dryRun = false } = options;
  if (tenants.length !== 1) throw new UsageError('--layouts wants one --tenant');
  const root = locateFolder(context, options);
  const layouts = readLayouts(context, options.layouts);
  const read = await readOptions(context, options);
  const choice = { tenant: tenants[0], service, environment, cluster };
  const places = await readPlaces(context, root, options);
  const at = options.at === undefined ? context.now() : parseInstant('--at', options.at);
  const editsOf = async (checkout: Checkout, tree: TreeSource) => {
    const policy = await readPolicyState(tree, places);
    const { releases } = await withDeployments(checkout, read, deployed =>
      examine(checkout, deployed, layouts),
    );
    const known = withPolicyHolds(releases, policy.policy);
    const edits = bumpRelease(checkout, known, choice, version);
    requireAllowed(policy, known, edits, { version, at });
    const warnings = await judge(edits, known, version, registries);
    return { edits, warnings };
  };
  const inPlace = async (): Promise<LayoutBumpResult> => {
    const result = await editsOf(directoryCheckout(root), directoryTree(root));
    if (!dryRun) writeFiles(root, result.edits);
    return result;
  };
  const propose = ({ base, ...rest }: OpenPullOptions) =>
    atHost(context, root, { base, ...rest }, async (writer): Promise<LayoutBumpResult> => {
      const identity = { origin: writer.git.url, revisions: [base] };
      const matters = (path: string) => mayMatter(layouts, path);
      const { mirror, head } = writer;
      const result = await editsOf(
        await mirrorCheckout(mirror, head, identity, matters),
        await mirrorTree(mirror, head, path => path === places.policyPath),
      );
      const draft = releaseDraft(choice, version, result.edits);
      if (dryRun) return result;
      const proposal = await proposeChange({ ...writer, base }, draft);
      return { ...result, ...(proposal ? { proposal } : {}) };
    });
  try {
    const result = await (pulls ? propose(pulls) : inPlace());
    print(context, options.output, version, result, dryRun);
    return result.proposal?.outcome === 'left-alone' ? exitCodes.refused : exitCodes.done;
  } catch (error) {
    if (!(error instanceof ChangeRefusal) && !(error instanceof WriteError)) throw error;
    context.warn(`gitops: ${error.message}`);
    return exitCodes.refused;
  }
}

/** What nobody knows of the images, for people. @throws ChangeRefusal when one does not exist */
async function judge(
  edits: readonly BumpEdit[],
  releases: readonly FoundRelease[],
  version: string,
  { registry, notAsked }: Registries,
): Promise<string[]> {
  if (edits.length === 0) return [];
  if (!registry) return [sentence(notAsked)];
  const { refused, warnings } = await judgeEdits(edits, releases, version, registry);
  if (refused.length > 0) throw new ChangeRefusal(refused.join('\n'));
  return warnings;
}

function print(
  context: Context,
  output: OutputFormat,
  version: string,
  { edits, warnings, proposal }: LayoutBumpResult,
  dryRun: boolean,
): void {
  if (output === 'json') {
    const changes = edits.map(({ path, releases }) => ({ path, releases }));
    const pullRequests = proposal && [proposal];
    context.write(
      `${JSON.stringify({ version, dryRun, changes, warnings, pullRequests }, undefined, 2)}\n`,
    );
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
  for (const warning of warnings) context.write(`Note: ${warning}\n`);
  if (proposal) context.write(`${describeProposal(proposal)}\n`);
}
