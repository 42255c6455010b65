import type { KubernetesObject } from '../../support/objects.ts';
import { merge, tenant, type Change } from './workloads.ts';

/** What the objects of a tenant look like that the tree holds; what an act changes is merged into a copy. */
export interface TenantObjects {
  workload: KubernetesObject;
  fence: KubernetesObject;
  project: KubernetesObject;
}

/** As the tree has it, under another name, for example that of a tenant that is not there. */
export function renamed(object: KubernetesObject, name: string, change: Change): KubernetesObject {
  const text = JSON.stringify(object).replaceAll(tenant, name);
  return merge(JSON.parse(text) as KubernetesObject, change);
}
