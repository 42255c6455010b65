import type { ReleasePolicy } from '../policy/releasePolicy';
import { readPolicy } from '../check/checkPolicy';
import { checkTenants } from '../check/checkTenants';
import { readTenants, type Tenant } from '../check/tenants';
import { defaultPlaces, layout, type TreePlaces } from '../layout/ownTree';
import { tenantSchema } from '../tenantFile/tenantSchema';
import type { TreeSource } from '../tree/treeSource';

/** What a tree says of tenants and rules, when a change is planned. */
export interface ChangeState {
  /** Those without a valid file have a `problem`. */
  tenants: readonly Tenant[];
  policy: ReleasePolicy;
  /** Absent when there is no policy file. */
  policyText?: string;
  /** Why the policy cannot be read: nobody knows what is frozen or bad. */
  policyProblem?: string;
  places: TreePlaces;
}

/** Files that are not checked by then are left alone. Milliseconds. */
const timeLimit = 120_000;

/** Whether {@link readChangeState} reads a file, so that contents can be brought over together. */
export function isOfPlan(path: string, places: TreePlaces = defaultPlaces): boolean {
  return [places.policyPath, layout.schema].includes(path) || !!places.matchTenantFile(path);
}

/** Reads a tree with the same eyes as the check: a file that is not valid is no file to change. */
export async function readChangeState(
  tree: TreeSource,
  places: TreePlaces = defaultPlaces,
): Promise<ChangeState> {
  const { tenants } = await readTenants(tree, places);
  const { errors } = await tenantSchema(tree);
  checkTenants(tenants, errors, timeLimit, places);
  return { tenants, ...(await readPolicyState(tree, places)) };
}

/** Reads the policy of a tree, of any layout. */
export async function readPolicyState(
  tree: TreeSource,
  places: TreePlaces = defaultPlaces,
): Promise<Omit<ChangeState, 'tenants'>> {
  const { policy, text, findings } = await readPolicy(tree, places);
  const broken = findings.find(({ severity }) => severity === 'error');
  return {
    policy,
    ...(text === undefined ? {} : { policyText: text }),
    ...(broken
      ? {
          policyProblem: `${broken.file}:${broken.line} ${broken.key} ${broken.problem}: nobody knows what is frozen or bad`,
        }
      : {}),
    places,
  };
}
