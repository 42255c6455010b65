import type { AuthService, BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Config } from '@backstage/config';
import {
  onboardingBranch,
  ownerGroupPath,
  reservedOwnerGroups,
  type GitopsConfig,
} from '@internal/gitops';
import type { GitopsForge } from '../repository/GitopsForge';
import { listVersions } from '../repository/listVersions';
import type { Snapshot } from '../repository/snapshot';
import { taskOf } from '../repository/taskMarker';
import { knownClusters } from './knownClusters';
import type { TenantInput } from './tenantInput';

/** What there is already, and who asks. */
export interface World {
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
  /** Of the person who filled in the form. */
  credentials: BackstageCredentials;
  forge: GitopsForge;
  gitops: GitopsConfig;
  snapshot: Snapshot;
  taskId: string;
  /** Makes the address of a tenant's page. */
  tenantUrl: (tenant: string) => string;
}

/**
 * Every rule that well-formed answers break because of what there is already, each as a sentence that begins with its field.
 *
 * @throws Error when the catalog or the Git host cannot say
 */
export async function checkAgainstWorld(input: TenantInput, world: World): Promise<string[]> {
  const problems = await Promise.all([
    nameProblem(input.name, world),
    input.newGroup ? newGroupProblem(input.newGroup.name, world) : ownerProblem(input.owner, world),
    versionProblem(input.version, world),
    clusterProblem(input.cluster, world),
  ]);
  return problems.filter(problem => problem !== undefined);
}

async function nameProblem(name: string, world: World): Promise<string | undefined> {
  const { catalog, forge, snapshot, taskId, tenantUrl } = world;
  const files = [`gitops/apps/${name}.yaml`, `gitops/projects/${name}.yaml`];
  if (snapshot.tenantNames.has(name) || files.some(snapshot.has)) {
    return `name: "${name}" is taken by a tenant in Git: ${tenantUrl(name)}`;
  }
  // As the portal, not as the person: a tenant that the person may not see takes its name too.
  const credentials = await world.auth.getOwnServiceCredentials();
  if (await catalog.getEntityByRef(`resource:default/${name}`, { credentials })) {
    return `name: "${name}" is taken by an entity of the catalog: ${tenantUrl(name)}`;
  }
  const pullRequests = await forge.pullRequestsFrom(onboardingBranch(name));
  const others = pullRequests.find(pull => pull.open && taskOf(pull.body) !== taskId);
  return others && `name: "${name}" has an open onboarding pull request: ${others.url}`;
}

async function ownerProblem(
  owner: string,
  { catalog, credentials }: World,
): Promise<string | undefined> {
  const group = await catalog.getEntityByRef(owner, { credentials });
  return group ? undefined : `owner: there is no group ${owner} in the catalog`;
}

async function newGroupProblem(name: string, world: World): Promise<string | undefined> {
  const { auth, catalog, config, snapshot } = world;
  const ref = `group:default/${name}`;
  if (reservedOwnerGroups(config).has(name)) {
    return `groupName: ${name} is a group of tenantReleases.access, which no file makes; choose another name`;
  }
  // As the portal: a group that the person may not see takes its name too.
  const credentials = await auth.getOwnServiceCredentials();
  const isTaken =
    snapshot.has(ownerGroupPath(name)) || (await catalog.getEntityByRef(ref, { credentials }));
  if (isTaken) {
    return `groupName: there is a group ${name} already; choose it as the owner, or choose another name`;
  }
  const other = snapshot.tenantFiles.find(file => file.tenant.owner.toLowerCase() === ref);
  return (
    other &&
    `groupName: ${name} is named as the owner of ${other.tenant.name}; its members would own that tenant too`
  );
}

async function versionProblem(version: string, world: World): Promise<string | undefined> {
  const { forge, gitops, snapshot } = world;
  const bad = snapshot.badVersions.get(version);
  if (bad !== undefined) return `version: ${version} is on the list of bad versions: ${bad}`;
  const known = await listVersions(snapshot, forge, gitops, version);
  return known.has(version)
    ? undefined
    : `version: there is no version ${version}; known are ${[...known].slice(0, 10).join(', ')}`;
}

function clusterProblem(cluster: string, { config }: World): string | undefined {
  const known = knownClusters(config);
  if (!known || known.includes(cluster)) return undefined;
  return `cluster: there is no cluster "${cluster}"; known are ${known.join(', ')}`;
}
