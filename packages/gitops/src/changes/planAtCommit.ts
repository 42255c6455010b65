import type { ChangeRequest } from '@internal/plugin-tenant-releases-common';
import type { ReadOptions } from '../applied/deployments';
import { withDeployments } from '../applied/readDeployments';
import { imageOf } from '../check/imageUses';
import { mayMatter } from '../checkout/mayBeRead';
import type { Checkout } from '../checkout/checkout';
import { examine } from '../doctor/examine';
import type { FoundRelease } from '../doctor/release';
import type { TenantFacts } from '../facts/tenantFacts';
import type { Mirror } from '../git/Mirror';
import { mirrorCheckout } from '../git/mirrorCheckout';
import { mirrorTree } from '../git/mirrorTree';
import type { Layout } from '../layout/layout';
import type { TreePlaces } from '../layout/ownTree';
import type { ImageReference } from '../locate/imageReference';
import { parseVersion } from '../locate/version';
import { parseTenantFile } from '../tenantFile/tenantFile';
import type { TreeSource } from '../tree/treeSource';
import { isOfPlan, readPolicyState } from './changeState';
import type { ChangeContext } from './kinds/changeKind';
import { planChange, type ChangePlan } from './planChange';
import { planLayoutChange } from './planLayoutChange';

/** What a change is planned with. */
export interface ChangePlanning {
  request: ChangeRequest;
  who: ChangeContext;
  places: TreePlaces;
  /** Absent for our own layout. */
  other?: {
    layouts: readonly Layout[];
    read: ReadOptions;
    /** Facts that hold where the repository says none. */
    factsOf?(layout: Layout, tenant: string): TenantFacts | undefined;
  };
}

/** A plan, and the images that tenants get by it. */
export interface CommitPlan {
  plan: ChangePlan;
  /** Without those of charts, and of images whose names are not known. */
  images: ImageReference[];
}

/**
 * Plans a change of a commit of a repository.
 *
 * @param repository - its address, and the branch that the commit is of
 * @throws InvalidChange, UnknownTenant, ChangeRefusal
 * @throws GitFault
 */
export async function planAtCommit(
  mirror: Mirror,
  commit: string,
  repository: { url: string; branch: string },
  planning: ChangePlanning,
): Promise<CommitPlan> {
  const { places, other } = planning;
  const tree = await mirrorTree(mirror, commit, path =>
    other ? path === places.policyPath : isOfPlan(path, places),
  );
  if (!other) return planOwn(tree, planning);
  const identity = { origin: repository.url, revisions: [repository.branch] };
  const matters = (path: string) => mayMatter(other.layouts, path);
  const checkout = await mirrorCheckout(mirror, commit, identity, matters);
  return planOther(checkout, tree, { ...planning, other });
}

/** Plans a change of a tree of our own layout. */
export async function planOwn(
  tree: TreeSource,
  { request, who, places }: ChangePlanning,
): Promise<CommitPlan> {
  const plan = await planChange(tree, request, who, places);
  const edits = plan.parts.flatMap(part => part.edits);
  const images = edits.flatMap(({ path, text }) => {
    const match = movesVersion(request) ? places.matchTenantFile(path) : undefined;
    const parsed = match && parseTenantFile(text, match.tenant);
    if (!parsed?.ok) return [];
    const { repository: name, tag, digest } = parsed.file.image;
    return [{ name, tag, ...(digest === undefined ? {} : { digest }) }];
  });
  return { plan, images };
}

/** Plans a change of a checkout of another layout. @param tree - of the same files, for the policy */
export async function planOther(
  checkout: Checkout,
  tree: TreeSource,
  planning: ChangePlanning & Required<Pick<ChangePlanning, 'other'>>,
): Promise<CommitPlan> {
  const { request, who, places, other } = planning;
  const policy = await readPolicyState(tree, places);
  const examined = await withDeployments(checkout, other.read, deployed =>
    examine(checkout, deployed, other.layouts),
  );
  const releases = examined.releases.map(release => withFacts(release, other.factsOf));
  const plan = planLayoutChange({ ...policy, checkout, releases }, request, who);
  const { version } = request;
  if (!movesVersion(request) || typeof version !== 'string') return { plan, images: [] };
  const names = new Set(plan.tenants.map(({ name }) => name));
  const images = releases
    .filter(({ tenant, service }) => names.has(tenant) && service === plan.service)
    .flatMap(release => imageOf(release, parseVersion(version)) ?? []);
  return { plan, images };
}

function movesVersion({ kind }: ChangeRequest): boolean {
  return kind === 'promote' || kind === 'rollback';
}

function withFacts(
  release: FoundRelease,
  factsOf: NonNullable<ChangePlanning['other']>['factsOf'],
): FoundRelease {
  const more = factsOf?.(release.deployed.layout, release.tenant);
  return more ? { ...release, facts: { ...more, ...release.facts } } : release;
}
