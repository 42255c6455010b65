import { Application, ApplicationStatus, Operation, refreshAnnotation } from '../application';
import { JsonObject } from '../json/json';
import { createMergePatch } from '../json/mergePatch';
import { ClusterCache } from '../kubernetes/clusterCache';
import { KubernetesClient } from '../kubernetes/kubernetesClient';
import { applicationType } from '../kubernetes/resourceTypes';

/**
 * Writes what changed of an application's status; with it the request for a refresh, which is then done, goes.
 * @param operation - what is to be done next; `null` removes what was.
 * @returns the application as it is then.
 */
export async function writeApplication(
  application: Application,
  status: ApplicationStatus,
  operation: Operation | null | undefined,
  context: { client: KubernetesClient; cache: ClusterCache },
): Promise<Application> {
  const { name, namespace = '', annotations } = application.metadata;
  const patch: JsonObject = createMergePatch(
    { status: application.status ?? {} },
    { status: status as JsonObject },
  );
  if (operation !== undefined) patch.operation = operation;
  if (annotations?.[refreshAnnotation]) {
    patch.metadata = { annotations: { [refreshAnnotation]: null } };
  }
  if (Object.keys(patch).length === 0) return application;
  const written = await context.client.mergePatch(applicationType, namespace, name, patch);
  context.cache.written(written);
  return written as Application;
}
