import {
  shorten,
  versionPattern,
  type BumpRequest,
  planOf,
  writeFiles,
  WriteError,
  directoryTree,
} from '@internal/gitops';
import { printBump, type BumpResult } from './bumpReport';
import { exitCodes, locateTree, parseInstant, type Context, type OutputFormat } from './context';
import { layoutBump } from './layoutBump';
import { readPlaces, type PlaceOptions } from './readPlaces';
import { readRegistries, sentence, type Registries, type RegistryOptions } from './registryOptions';
import { openPulls, type BumpSurroundings, type OpenPullOptions } from './openPulls';
import { UsageError } from './usageError';

/** Options of `gitops bump`. */
export interface BumpCommandOptions extends OpenPullOptions, PlaceOptions, RegistryOptions {
  dir?: string;
  output: OutputFormat;
  service: string;
  version: string;
  ring: number[];
  tenant: string[];
  inOrder?: boolean;
  hold?: string;
  by?: string;
  openPr?: boolean;
  at?: string;
  layouts?: string;
  environment?: string;
  cluster?: string;
  helm?: string;
}

/** What is not known of other layouts is refused rather than left out. */
function requireKnown({ ring, inOrder, hold, by }: BumpCommandOptions): void {
  const refused = Object.entries({
    '--ring': ring.length > 0,
    '--in-order': inOrder,
    '--hold': hold !== undefined,
    '--by': by !== undefined,
  });
  const [flag] = refused.find(([, isGiven]) => isGiven) ?? [];
  if (flag) throw new UsageError(`${flag} is not there with --layouts`);
}

/** `gitops bump`: moves tenants to a version, in the files or by pull requests. Answers the exit code. */
export async function bumpCommand(context: Context, options: BumpCommandOptions): Promise<number> {
  const { layouts, repository } = options;
  const registries = readRegistries(context, options);
  if (layouts !== undefined) {
    requireKnown(options);
    return layoutBump(
      context,
      { ...options, layouts, repository: repository?.includes(':') ? [repository] : [] },
      options.openPr ? options : undefined,
      registries,
    );
  }
  if (!versionPattern.test(options.version)) {
    throw new UsageError('--version: a digest wants --layouts; name the image tag alone');
  }
  if (options.environment !== undefined || options.cluster !== undefined) {
    throw new UsageError('--environment and --cluster want --layouts');
  }
  const root = locateTree(context, options);
  const places = await readPlaces(context, root, options);
  const request: BumpRequest = {
    service: options.service,
    version: options.version,
    rings: options.ring,
    tenants: options.tenant,
    inOrder: options.inOrder ?? false,
    ...holdOf(options),
    at: options.at === undefined ? context.now() : parseInstant('--at', options.at),
  };
  const result = options.openPr
    ? await openPulls(context, root, request, options, { places, ...registries })
    : await inPlace(root, request, options.dryRun === true, { places, ...registries });
  printBump(context, options.output, withNotAsked(result, registries));
  return isDone(result, options.tenant) ? exitCodes.done : exitCodes.refused;
}

/** The report says in one line that nobody asked, where that would have mattered. */
function withNotAsked(result: BumpResult, { notAsked }: Registries): BumpResult {
  const { plan } = result;
  if (notAsked === undefined || plan.changes.length === 0) return result;
  return { ...result, notes: [sentence(notAsked)] };
}

/** The hold that is asked for. @throws UsageError when it is half of one */
function holdOf({ hold, by, tenant }: BumpCommandOptions): Pick<BumpRequest, 'hold'> {
  if (hold === undefined && by === undefined) return {};
  if (hold === undefined || by === undefined || tenant.length === 0) {
    throw new UsageError(
      '--hold "<reason>" wants --by <entity reference> and at least one --tenant',
    );
  }
  if (!/^[^\p{Cc}]{1,500}$/u.test(hold.trim())) {
    throw new UsageError('--hold: must be one line of at most 500 characters that says why');
  }
  if (!/^user:[\w.-]{1,63}\/[\w.-]{1,63}$/.test(by)) {
    throw new UsageError(`--by ${shorten(by, 60)}: must be a person such as user:default/ada`);
  }
  return { hold: { reason: hold.trim(), by } };
}

/**
 * Whether everything that was asked for was done. Who is held or frozen is left alone for a good reason, but for those who
 * were asked for by name.
 */
function isDone({ plan, failed, proposals = [] }: BumpResult, named: readonly string[]): boolean {
  return (
    failed === undefined &&
    plan.refused.length === 0 &&
    plan.skipped.every(
      ({ kind, tenant }) => kind === 'current' || (kind !== 'broken' && !named.includes(tenant)),
    ) &&
    proposals.every(({ outcome }) => outcome !== 'left-alone')
  );
}

async function inPlace(
  root: string,
  request: BumpRequest,
  dryRun: boolean,
  { places, registry }: BumpSurroundings,
): Promise<BumpResult> {
  const { plan } = await planOf(directoryTree(root), request, places, registry);
  if (dryRun) return { plan, mode: 'dry-run' };
  try {
    writeFiles(root, plan.changes);
    return { plan, mode: 'files' };
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return { plan: { ...plan, changes: [] }, mode: 'files', failed: error.message };
  }
}
