import {
  ChangeRefusal,
  directoryCheckout,
  mayBeNeeded,
  mirrorCheckout,
  onboardingDraft,
  onboardTenant,
  proposeChange,
  writeFiles,
  WriteError,
  type Checkout,
  type Onboarding,
  type OnboardingRequest,
  type ProposedChange,
} from '@internal/gitops';
import { describeProposal } from './bumpReport';
import { exitCodes, locateFolder, type Context, type OutputFormat } from './context';
import { readLayouts, readOptions } from './layoutsFile';
import { atHost, type OpenPullOptions } from './openPulls';
import { UsageError } from './usageError';

/** Options of `gitops onboard`. */
export interface OnboardCommandOptions extends OpenPullOptions {
  dir?: string;
  output: OutputFormat;
  layouts: string;
  tenant: string;
  service: string;
  version: string;
  environment?: string;
  cluster?: string;
  from?: string;
  set: string[];
  openPr?: boolean;
  helm?: string;
}

interface OnboardResult {
  onboarding: Onboarding;
  proposal?: ProposedChange;
}

/** `gitops onboard`: adds a tenant to a repository of any layout, in the files or by a pull request. Answers the exit code. */
export async function onboardCommand(
  context: Context,
  options: OnboardCommandOptions,
): Promise<number> {
  const { tenant, service, version, environment, cluster, from, dryRun = false, base } = options;
  const root = locateFolder(context, options);
  const layouts = readLayouts(context, options.layouts);
  const address = options.repository?.includes(':') ? [options.repository] : [];
  const read = await readOptions(context, { ...options, repository: address });
  const request: OnboardingRequest = {
    ...{ tenant, service, version, set: valuesOf(options.set) },
    ...(environment === undefined ? {} : { environment }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(from === undefined ? {} : { from }),
  };
  const onboard = (checkout: Checkout) => onboardTenant(checkout, layouts, request, read);
  const inPlace = async (): Promise<OnboardResult> => {
    const onboarding = await onboard(directoryCheckout(root));
    if (!dryRun) writeFiles(root, onboarding.edits);
    return { onboarding };
  };
  const propose = () =>
    atHost(context, root, options, async (writer): Promise<OnboardResult> => {
      const identity = { origin: writer.git.url, revisions: [base] };
      const matters = (path: string) => mayBeNeeded(layouts, request, path);
      const checkout = await mirrorCheckout(writer.mirror, writer.head, identity, matters);
      const onboarding = await onboard(checkout);
      if (dryRun) return { onboarding };
      const draft = onboardingDraft(request, onboarding);
      const proposal = await proposeChange({ ...writer, base }, draft);
      return { onboarding, ...(proposal ? { proposal } : {}) };
    });
  try {
    const result = await (options.openPr ? propose() : inPlace());
    print(context, options, result);
    return result.proposal?.outcome === 'left-alone' ? exitCodes.refused : exitCodes.done;
  } catch (error) {
    if (!(error instanceof ChangeRefusal) && !(error instanceof WriteError)) throw error;
    context.warn(`gitops: ${error.message}`);
    return exitCodes.refused;
  }
}

/** @throws UsageError when one is no `name=value`, or a name is given twice */
function valuesOf(texts: readonly string[]): Record<string, string> {
  const pairs = texts.map(text => {
    const at = text.indexOf('=');
    if (at < 1)
      throw new UsageError(`--set ${text.slice(0, 60)}: must be name=value, for example tier=gold`);
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  const twice = pairs.find(([name], index) => pairs.findIndex(([one]) => one === name) !== index);
  if (twice) throw new UsageError(`--set ${twice[0]}: is given twice: leave one out`);
  return Object.fromEntries(pairs);
}

function print(
  { write }: Context,
  { output, tenant, version, dryRun = false }: OnboardCommandOptions,
  { onboarding: { edits, releases, notes }, proposal }: OnboardResult,
): void {
  const files = edits.map(({ path, before, text }) => ({
    path,
    isNew: before === undefined,
    text,
  }));
  if (output === 'json') {
    const body = { command: 'onboard', tenant, version, dryRun, files, releases, notes };
    const pullRequests = proposal && [proposal];
    write(`${JSON.stringify({ ...body, pullRequests }, undefined, 2)}\n`);
    return;
  }
  const dry = dryRun ? ' (dry run)' : '';
  for (const { path, isNew } of files) write(`${isNew ? 'new' : 'changed'} ${path}${dry}\n`);
  for (const { service, environment, cluster, version: now, file, line } of releases) {
    const place = [environment, cluster].filter(one => one && one !== tenant).join(', ');
    write(`${tenant}/${service}${place ? ` (${place})` : ''} ${now} ${file}:${line}\n`);
  }
  for (const note of notes) write(`Note: ${note}\n`);
  if (proposal) write(`${describeProposal(proposal)}\n`);
}
