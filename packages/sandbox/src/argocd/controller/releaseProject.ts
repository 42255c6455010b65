import { controlPlaneNamespace } from '../application';
import { ClusterCache } from '../kubernetes/clusterCache';
import { KubernetesClient } from '../kubernetes/kubernetesClient';
import { projectType } from '../kubernetes/resourceTypes';
import { Logger } from '../log';
import { hasResourcesFinalizer } from './deleteApplication';

/**
 * Lets go of an AppProject that is being deleted once no application uses it: with the finalizer, it outlives them.
 * @param usedProjects - the projects of all applications.
 */
export async function releaseProject(
  name: string,
  usedProjects: string[],
  context: { client: KubernetesClient; cache: ClusterCache; log: Logger },
): Promise<void> {
  const project = context.cache.get({
    group: projectType.group,
    kind: projectType.kind,
    namespace: controlPlaneNamespace,
    name,
  });
  const finalizers = project?.metadata.finalizers ?? [];
  if (!project?.metadata.deletionTimestamp || !hasResourcesFinalizer(finalizers)) return;
  if (usedProjects.includes(name)) return;
  const kept = finalizers.filter(each => !hasResourcesFinalizer([each]));
  const patch = { metadata: { finalizers: kept.length > 0 ? kept : null } };
  await context.client.mergePatch(projectType, controlPlaneNamespace, name, patch);
  context.log(`project ${name}: deleted`);
}
