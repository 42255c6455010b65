import {
  directoryCheckout,
  directoryTree,
  planAtCommit,
  planOther,
  planOwn,
  type ChangePlan,
  type ChangePlanning,
} from '@internal/gitops';
import type { HostWriter } from './openPulls';

/** Plans a change of the files on disk. */
export async function planOnDisk(root: string, planning: ChangePlanning): Promise<ChangePlan> {
  const tree = directoryTree(root);
  const { other } = planning;
  const { plan } = await (other
    ? planOther(directoryCheckout(root), tree, { ...planning, other })
    : planOwn(tree, planning));
  return plan;
}

/** Plans a change of the branch as it is at the host. */
export async function planAtHost(
  { mirror, head, git }: HostWriter,
  base: string,
  planning: ChangePlanning,
): Promise<ChangePlan> {
  return (await planAtCommit(mirror, head, { url: git.url, branch: base }, planning)).plan;
}
