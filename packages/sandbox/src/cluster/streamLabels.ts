import { StreamLabels } from './collector';
import { LogSource } from './kubelet/PodWorker';

/** The name that Argo CD and the portal use for this cluster. */
export const clusterName = 'in-cluster';

/** The Loki labels of a container's log. */
export function streamLabels({ pod, container, image }: LogSource): StreamLabels {
  return {
    namespace: pod.metadata.namespace ?? '',
    pod: pod.metadata.name,
    container: container.name,
    app: pod.metadata.labels?.['app.kubernetes.io/name'] ?? container.name,
    version: image.tag,
    cluster: clusterName,
  };
}
