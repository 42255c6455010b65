import {
  readBaseState,
  type BaseState,
  type Tenant,
  commitOf,
  mergeBase,
  UnknownRefError,
  GitError,
  git,
  gitTree,
  layout,
  type TreePlaces,
} from '@internal/gitops';
import { UsageError } from './usageError';

/** A comparison that is ready to be made. */
export interface Comparison {
  base(tenants: readonly Tenant[]): Promise<BaseState>;
  notes: string[];
}

/**
 * Prepares the comparison of a tree with a reference: with the commit where the histories part, as a pull request is
 * compared, and under the rules of the reference's tip.
 *
 * @throws UsageError when there is no such reference, or no Git
 */
export async function compareWithBase(
  directory: string,
  ref: string,
  places: TreePlaces,
): Promise<Comparison> {
  const tip = await resolveRef(directory, '--base', ref);
  const head = await resolveRef(directory, '--base', 'HEAD');
  const fork = await mergeBase(directory, tip, head);
  const notes = fork
    ? []
    : [
        `The history does not reach back to ${ref}: compared with its tip. In a workflow, fetch-depth: 0 helps.`,
      ];
  return {
    notes,
    async base(tenants) {
      const before = await gitTree(directory, fork ?? tip, foldersOf(places.valuesFolder));
      const rules = await gitTree(directory, tip, [places.policyPath]);
      const charts = await chartsDiffer(directory, fork ?? tip);
      return readBaseState(before, rules, tenants, charts, places);
    },
  };
}

/** A folder as Git's commands take it; the whole tree without any. */
export function foldersOf(folder: string): string[] {
  return folder === '' ? [] : [folder];
}

/** The commit of a reference that an option names. @throws UsageError */
export async function resolveRef(directory: string, option: string, ref: string): Promise<string> {
  try {
    return await commitOf(directory, ref);
  } catch (error) {
    if (error instanceof UnknownRefError) throw new UsageError(`${option} ${error.message}`);
    throw error;
  }
}

/** Whether a chart on disk is another than that of a commit; files that Git does not know yet count. */
async function chartsDiffer(directory: string, commit: string): Promise<boolean> {
  const charts = [layout.workloadChart, layout.fenceChart];
  const difference = [
    'diff',
    '--name-only',
    '--no-ext-diff',
    '--no-textconv',
    '-z',
    commit,
    '--',
    ...charts,
  ];
  const others = ['ls-files', '--others', '--exclude-standard', '-z', '--', ...charts];
  try {
    const changed = await Promise.all([git(directory, difference), git(directory, others)]);
    return changed.some(({ length }) => length > 0);
  } catch (error) {
    if (error instanceof GitError) return true;
    throw error;
  }
}
