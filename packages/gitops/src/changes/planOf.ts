import type { ReleasePolicy } from '../policy/releasePolicy';
import { defaultPlaces, type TreePlaces } from '../layout/ownTree';
import type { TreeSource } from '../tree/treeSource';
import type { ImageRegistry } from '../registry/ImageRegistry';
import { judgePlan } from './askRegistry';
import { readChangeState } from './changeState';
import { planBump, type BumpPlan, type BumpRequest } from './planBump';

/**
 * Plans a bump of a tree, with the same eyes as the check: a file that is not valid is left alone, and under a policy that
 * cannot be read nothing is done.
 *
 * @param registry - asked whether the images exist; without one, nobody is
 */
export async function planOf(
  tree: TreeSource,
  request: BumpRequest,
  places: TreePlaces = defaultPlaces,
  registry?: Pick<ImageRegistry, 'lookUp'>,
): Promise<{ plan: BumpPlan; policy: ReleasePolicy }> {
  const { tenants, policy, policyProblem } = await readChangeState(tree, places);
  const planned = planBump(tenants, policy, request, places);
  if (policyProblem !== undefined) {
    const refused = [policyProblem, ...planned.refused];
    return { plan: { ...planned, changes: [], refused }, policy };
  }
  return { plan: registry ? await judgePlan(planned, registry) : planned, policy };
}
