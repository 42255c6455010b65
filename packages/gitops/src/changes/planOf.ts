import type { ReleasePolicy } from '../policy/releasePolicy';
import { readPolicy } from '../check/checkPolicy';
import { checkTenants } from '../check/checkTenants';
import { readTenants } from '../check/tenants';
import { defaultPlaces, layout, type TreePlaces } from '../layout/ownTree';
import { tenantSchema } from '../tenantFile/tenantSchema';
import type { TreeSource } from '../tree/treeSource';
import type { ImageRegistry } from '../registry/ImageRegistry';
import { judgePlan } from './askRegistry';
import { planBump, type BumpPlan, type BumpRequest } from './planBump';

/** Files that are not checked by then are left alone. Milliseconds. */
const timeLimit = 120_000;

/** Whether {@link planOf} reads a file, so that contents can be brought over together. */
export function isOfPlan(path: string, places: TreePlaces = defaultPlaces): boolean {
  return [places.policyPath, layout.schema].includes(path) || !!places.matchTenantFile(path);
}

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
  const { tenants } = await readTenants(tree, places);
  const { errors } = await tenantSchema(tree);
  checkTenants(tenants, errors, timeLimit, places);
  const { policy, findings } = await readPolicy(tree, places);
  const broken = findings.find(({ severity }) => severity === 'error');
  const planned = planBump(tenants, policy, request, places);
  const plan = registry && !broken ? await judgePlan(planned, registry) : planned;
  if (!broken) return { plan, policy };
  const { file, line, key, problem } = broken;
  const refused = `${file}:${line} ${key} ${problem}: nobody knows what is frozen or bad`;
  return { plan: { ...plan, changes: [], refused: [refused, ...plan.refused] }, policy };
}
