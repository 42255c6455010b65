import {
  directoryCheckout,
  directoryTree,
  examine,
  isOfPlan,
  mayMatter,
  mirrorCheckout,
  mirrorTree,
  planChange,
  planLayoutChange,
  readPolicyState,
  withDeployments,
  type ChangeContext,
  type ChangePlan,
  type Checkout,
  type Layout,
  type ReadOptions,
  type TreePlaces,
  type TreeSource,
} from '@internal/gitops';
import type { ChangeRequest } from '@internal/plugin-tenant-releases-common';
import type { HostWriter } from './openPulls';

/** What a change is planned with. */
export interface ChangePlanning {
  request: ChangeRequest;
  who: ChangeContext;
  places: TreePlaces;
  /** Absent for our own layout. */
  other?: { layouts: readonly Layout[]; read: ReadOptions };
}

/** Plans a change of the files on disk. */
export async function planOnDisk(root: string, planning: ChangePlanning): Promise<ChangePlan> {
  const tree = directoryTree(root);
  return planning.other
    ? planOther(directoryCheckout(root), tree, { ...planning, other: planning.other })
    : planChange(tree, planning.request, planning.who, planning.places);
}

/** Plans a change of the branch as it is at the host. */
export async function planAtHost(
  { mirror, head, git }: HostWriter,
  base: string,
  planning: ChangePlanning,
): Promise<ChangePlan> {
  const { request, who, places, other } = planning;
  const tree = await mirrorTree(mirror, head, path =>
    other ? path === places.policyPath : isOfPlan(path, places),
  );
  if (!other) return planChange(tree, request, who, places);
  const identity = { origin: git.url, revisions: [base] };
  const matters = (path: string) => mayMatter(other.layouts, path);
  const checkout = await mirrorCheckout(mirror, head, identity, matters);
  return planOther(checkout, tree, { ...planning, other });
}

async function planOther(
  checkout: Checkout,
  tree: TreeSource,
  { request, who, places, other }: ChangePlanning & Required<Pick<ChangePlanning, 'other'>>,
): Promise<ChangePlan> {
  const policy = await readPolicyState(tree, places);
  const { releases } = await withDeployments(checkout, other.read, deployed =>
    examine(checkout, deployed, other.layouts),
  );
  return planLayoutChange({ ...policy, checkout, releases }, request, who);
}
