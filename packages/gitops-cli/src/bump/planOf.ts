import type { ReleasePolicy } from '@internal/plugin-tenant-releases-common';
import { readPolicy } from '../check/checkPolicy';
import { checkTenantFile } from '../check/checkTenantFile';
import { readTenants } from '../check/tenants';
import { tenantSchema } from '../schema/tenantSchema';
import type { TreeSource } from '../tree/treeSource';
import { planBump, type BumpPlan, type BumpRequest } from './planBump';

/**
 * Plans a bump of a tree, with the same eyes as the check: a file that is not valid is left alone, and under a policy that
 * cannot be read nothing is done.
 */
export async function planOf(
  tree: TreeSource,
  request: BumpRequest,
): Promise<{ plan: BumpPlan; policy: ReleasePolicy }> {
  const { tenants } = await readTenants(tree);
  const { errors } = await tenantSchema(tree);
  for (const tenant of tenants) {
    if (tenant.text === undefined) continue;
    const { file, findings } = checkTenantFile(tenant.path, tenant.name, tenant.text, errors);
    if (file) tenant.file = file;
    else if (findings[0]) tenant.problem = `${findings[0].key} ${findings[0].problem}`;
  }
  const { policy, findings } = await readPolicy(tree);
  const broken = findings.find(({ severity }) => severity === 'error');
  const plan = planBump(tenants, policy, request);
  if (!broken) return { plan, policy };
  const { file, line, key, problem } = broken;
  const refused = `${file}:${line} ${key} ${problem}: nobody knows what is frozen or bad`;
  return { plan: { ...plan, changes: [], refused: [refused, ...plan.refused] }, policy };
}
