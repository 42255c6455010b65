import {
  checkLayouts,
  directoryCheckout,
  directoryTree,
  gitTree,
  mergeBase,
  readLayoutState,
  readPolicy,
  readRules,
  revisionCheckout,
  type Layout,
  type LayoutCheckOptions,
  type TreePlaces,
} from '@internal/gitops';
import type { CheckCommandOptions } from './checkCommand';
import type { CheckResult } from './checkReport';
import { resolveRef } from './compareWithBase';
import type { Context } from './context';
import { readOptions } from './layoutsFile';
import { UsageError } from './usageError';

/** What a repository of another layout is checked with. */
interface LayoutCheck {
  layouts: Layout[];
  places: TreePlaces;
  at: Date;
}

/** `gitops check` of a repository whose layouts are told. */
export async function checkOtherLayouts(
  context: Context,
  root: string,
  options: CheckCommandOptions,
  { layouts, places, at }: LayoutCheck,
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
  return {
    // A repository that has no policy of ours misses nothing.
    findings: [...policy.findings.filter(({ severity }) => severity === 'error'), ...findings],
    tenants: new Set(state.releases.map(({ tenant }) => tenant)).size,
    notes: [...(base?.notes ?? []), ...state.notes],
  };
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
