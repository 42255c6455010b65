import { createFrontendModule } from '@backstage/frontend-plugin-api';
import kubernetesPlugin from '@backstage/plugin-kubernetes/alpha';

/**
 * The Kubernetes tab is there for those who may use it. Owners see their pods and logs on the Release tab, which is checked
 * tenant by tenant.
 */
const kubernetesTab = kubernetesPlugin
  .getExtension('entity-content:kubernetes/kubernetes')
  .override({ if: { permissions: { $contains: 'kubernetes.resources.read' } } });

export const kubernetesModule = createFrontendModule({
  pluginId: 'kubernetes',
  extensions: [kubernetesTab],
});
