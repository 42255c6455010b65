import {
  checkLayouts,
  directoryCheckout,
  directoryTree,
  gitTree,
  imagesOfReleases,
  mergeBase,
  readLayoutState,
  readPolicy,
  readRules,
  revisionCheckout,
  type Layout,
  type LayoutCheckOptions,
  type TreePlaces,
} from '@internal/gitops';
import { askRegistries } from './checkImages';
import type { CheckCommandOptions } from './checkCommand';
import type { CheckResult } from './checkReport';
import { resolveRef } from './compareWithBase';
import type { Context } from './context';
import { readOptions } from './layoutsFile';
import type { Registries } from './registryOptions';
import { UsageError } from './usageError';

/** What a repository of another layout is checked with. */
interface LayoutCheck {
  layouts: Layout[];
  places: TreePlaces;
  at: Date;
  registries: Registries;
}

/** `gitops check` of a repository whose layouts are told. */
export async function checkOtherLayouts(
  context: Context,
  root: string,
  options: CheckCommandOptions,
  { layouts, places, at, registries }: LayoutCheck,
): Promise<CheckResult> {
  const { repository = [], render, helm } = options;
  const found = await readOptions(context, { repository, ...(helm ? { helm } : {}) });
  const { helm: program, ...addresses } = found;
  const read = { ...addresses, ...(program && render !== false ? { helm: program } : {}) };
  const policy = await readPolicy(directoryTree(root), places);
  const base =
    options.base === undefined
      ? undefined
      : await readBase(root, options.base, { layouts, read }, places);
  const { state, findings } = await checkLayouts(directoryCheckout(root), {
    layouts,
    read,
    at,
    policy: policy.policy,
    policyPath: places.policyPath,
    ...(base ? { base: base.base } : {}),
  });
  const result: CheckResult = {
    // A repository that has no policy of ours misses nothing.
    findings: [...policy.findings.filter(({ severity }) => severity === 'error'), ...findings],
    tenants: new Set(state.releases.map(({ tenant }) => tenant)).size,
    notes: [...(base?.notes ?? []), ...state.notes],
  };
  const { uses, notAsked } = imagesOfReleases(state.releases, base?.base.state);
  await askRegistries(registries, uses, result);
  if (registries.registry && notAsked.length > 0) {
    const [{ tenant, service }] = notAsked;
    const more = notAsked.length > 1 ? ` and ${notAsked.length - 1} more` : '';
    result.notes.push(
      `No registry was asked for ${tenant}/${service}${more}: its version is that of a chart, or of an image whose name is not known.`,
    );
  }
  return result;
}

/** The state and the rules of what a tree is compared with. */
async function readBase(
  root: string,
  ref: string,
  { layouts, read }: Pick<LayoutCheckOptions, 'layouts' | 'read'>,
  places: TreePlaces,
) {
  const tip = await resolveRef(root, '--base', ref);
  const fork = await mergeBase(root, tip, await resolveRef(root, '--base', 'HEAD'));
  const checkout = revisionCheckout(root, fork ?? tip);
  if (!checkout) throw new UsageError(`--base ${ref}: its files cannot be read: fetch them first`);
  const identity = directoryCheckout(root).identity;
  const state = await readLayoutState({ ...checkout, identity }, layouts, read);
  const rules = await readRules(await gitTree(root, tip, [places.policyPath]), places);
  const notes = fork
    ? []
    : [
        `The history does not reach back to ${ref}: compared with its tip. In a workflow, fetch-depth: 0 helps.`,
      ];
  return { base: { state, ...rules }, notes };
}
