import { examine, withDeployments, type Layout, type GitopsConfig } from '@internal/gitops';
import type { Examined } from './bumped';
import { checkoutOf, type Snapshot } from './HeadContents';

/** Rendering goes on beside all else that the backend does, so it may take longer than on the command line. Milliseconds. */
const renderMs = 15_000;

/** Examines a commit as `gitops doctor` does, so that both say the same of it. @param helm - path of helm, where it is there */
export async function examineHead(
  snapshot: Snapshot,
  layouts: readonly Layout[],
  gitops: Pick<GitopsConfig, 'repository' | 'branch' | 'addresses'>,
  helm: string | undefined,
): Promise<Examined & { isWhole: boolean }> {
  const { checkout, looked } = checkoutOf(snapshot, gitops);
  const options = { renderMs, addresses: gitops.addresses, ...(helm ? { helm } : {}) };
  return withDeployments(checkout, options, async deployed => {
    const found = await examine(checkout, deployed, layouts);
    // What had no time to be rendered may have it the next time.
    const isWhole = helm === undefined || deployed.tools.bench.isInTime;
    return { snapshot, found, looked, isWhole };
  });
}
