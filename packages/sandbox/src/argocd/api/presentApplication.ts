import { Application, Health, ResourceStatus } from '../application';
import { ResourceTree } from '../controller/resourceTree';
import { JsonObject, objectAt } from '../json/json';

/**
 * An application as Argo CD's API shows it: without `apiVersion` and `kind`, and with the parts of `spec` and `status`
 * that are always there, also on an application that was just made.
 */
export function presentApplication(application: Application): Application {
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = application;
  const status = objectAt(application, 'status');
  const sync = objectAt(status, 'sync');
  const shown: JsonObject = {
    ...rest,
    spec: { destination: {}, project: '', ...objectAt(application, 'spec') },
    status: {
      ...status,
      sync: {
        status: '',
        ...sync,
        comparedTo: { source: { repoURL: '' }, destination: {}, ...objectAt(sync, 'comparedTo') },
      },
      health: objectAt(status, 'health'),
      summary: objectAt(status, 'summary'),
      sourceHydrator: objectAt(status, 'sourceHydrator'),
    },
  };
  return shown as unknown as Application;
}

/**
 * Adds the health of each resource, which is not kept in Kubernetes but in the tree. A single application and the stream
 * have it, lists have not.
 */
export function withResourceHealth(application: Application, tree?: ResourceTree): Application {
  const resources = application.status?.resources;
  if (!tree?.nodes || !resources) return application;
  const health = new Map<string, Health>();
  for (const node of tree.nodes) {
    const missing: Health = { status: 'Missing', message: 'Resource has not been created' };
    const known = node.health ?? (node.uid ? undefined : missing);
    if (known) health.set(nodeKey(node), known);
  }
  return {
    ...application,
    status: {
      ...application.status,
      resources: resources.map(resource => {
        const known = health.get(nodeKey(resource));
        return known ? { ...resource, health: known } : resource;
      }),
    },
  };
}

function nodeKey(node: Pick<ResourceStatus, 'group' | 'kind' | 'namespace' | 'name'>): string {
  return `${node.group ?? ''}/${node.kind}/${node.namespace ?? ''}/${node.name}`;
}
