import type { Act } from './acts.ts';
import { actsOfApplications } from './actsOfApplications.ts';
import { actsOfPeople, rightsOfPeople } from './actsOfPeople.ts';
import { actsOfProjects } from './actsOfProjects.ts';
import { actsOnFence } from './actsOnFence.ts';
import { actsOnNetwork } from './actsOnNetwork.ts';
import { actsWithImages } from './actsWithImages.ts';
import { actsWithPods } from './actsWithPods.ts';
import { actsWithSecrets } from './actsWithSecrets.ts';
import { rightsOfDeployer } from './rightsOfDeployer.ts';
import { rightsOfGit } from './rightsOfGit.ts';
import type { TenantObjects } from './tenantObjects.ts';
import type { Workloads } from './workloads.ts';

/** What the acts are made of. */
export interface Scene {
  workloads: Workloads;
  objects: TenantObjects;
  /** A running pod of the tenant. */
  pod: string;
  /** Whether the cluster knows the kind ExternalSecret. */
  hasExternalSecrets: boolean;
}

/** Everything that must be refused. */
export function forbiddenActs({ workloads, objects, pod, hasExternalSecrets }: Scene): Act[] {
  return [
    ...actsOfPeople(pod, workloads),
    ...actsWithPods(workloads),
    ...actsWithImages(workloads, pod),
    ...actsOnNetwork(workloads),
    ...actsOfApplications(objects),
    ...actsOfProjects(objects),
    ...actsOnFence(),
    ...actsWithSecrets(hasExternalSecrets),
  ];
}

/** What must succeed: if it fails, the refusals prove nothing. */
export function allowedActs({ workloads, objects, pod }: Scene): Act[] {
  return [...rightsOfPeople(pod), ...rightsOfDeployer(workloads), ...rightsOfGit(objects)];
}
