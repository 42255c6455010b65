import { Health } from '../application';
import { stringAt } from '../json/json';
import { KubernetesObject, groupVersion, keyOf, keyText } from '../kubernetes/types';
import { resourceHealth } from '../health/resourceHealth';
import { hostsOf, ResourceHost } from './resourceHosts';
import { InfoItem, podImages, podInfo } from './podInfo';

interface ResourceReference {
  group?: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
  uid?: string;
}

/** A node of the tree that `GET resource-tree` answers. */
export interface ResourceNode extends ResourceReference {
  parentRefs?: ResourceReference[];
  info?: InfoItem[];
  networkingInfo?: { labels?: Record<string, string>; targetLabels?: Record<string, string> };
  resourceVersion?: string;
  images?: string[];
  health?: Health;
  createdAt?: string;
}

/** An application's resources and all that they own. */
export interface ResourceTree {
  nodes?: ResourceNode[];
  hosts?: ResourceHost[];
}

/** What the tree is made from. */
export interface TreeSource {
  ownedBy(uid: string): KubernetesObject[];
  list(group: string, kind: string): KubernetesObject[];
}

const revisionAnnotation = 'deployment.kubernetes.io/revision';

/**
 * Builds the tree of an application.
 * @param roots - the managed resources: live objects, or the manifests of those that are missing.
 */
export function buildResourceTree(
  roots: Array<{ live?: KubernetesObject; target?: KubernetesObject }>,
  source: TreeSource,
): ResourceTree {
  const nodes = new Map<string, ResourceNode>();
  const pods: KubernetesObject[] = [];
  const visit = (object: KubernetesObject, parent?: KubernetesObject) => {
    const key = keyText(keyOf(object));
    if (nodes.has(key)) return;
    nodes.set(key, nodeOf(object, parent));
    if (object.kind === 'Pod') pods.push(object);
    for (const child of childrenOf(object, source)) visit(child, object);
  };
  for (const { live, target } of roots) {
    if (live) visit(live);
    else if (target) nodes.set(keyText(keyOf(target)), referenceTo(target));
  }
  const sorted = [...nodes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, node]) => node);
  const hosts = hostsOf(pods, source);
  return {
    ...(sorted.length > 0 ? { nodes: sorted } : {}),
    ...(hosts.length > 0 ? { hosts } : {}),
  };
}

function childrenOf(object: KubernetesObject, source: TreeSource): KubernetesObject[] {
  const owned = object.metadata.uid ? source.ownedBy(object.metadata.uid) : [];
  if (object.kind !== 'Service' || object.apiVersion !== 'v1') return owned;
  // Endpoints have no owner: they belong to the Service of the same name.
  const endpoints = source
    .list('', 'Endpoints')
    .filter(
      each =>
        each.metadata.name === object.metadata.name &&
        each.metadata.namespace === object.metadata.namespace,
    );
  return [...owned, ...endpoints];
}

function referenceTo(object: KubernetesObject): ResourceReference {
  const [group, version] = groupVersion(object.apiVersion);
  const { namespace, name, uid } = object.metadata;
  return {
    ...(group ? { group } : {}),
    version,
    kind: object.kind,
    ...(namespace ? { namespace } : {}),
    name,
    ...(uid ? { uid } : {}),
  };
}

function nodeOf(object: KubernetesObject, parent: KubernetesObject | undefined): ResourceNode {
  const { labels, annotations, resourceVersion, creationTimestamp } = object.metadata;
  const revision = annotations?.[revisionAnnotation];
  const info: InfoItem[] = [
    ...(revision ? [{ name: 'Revision', value: `Rev:${revision}` }] : []),
    ...(object.kind === 'Pod' ? podInfo(object) : []),
  ];
  const selector = object.kind === 'Service' ? serviceSelector(object) : undefined;
  const health = resourceHealth(object);
  return {
    ...referenceTo(object),
    ...(parent ? { parentRefs: [referenceTo(parent)] } : {}),
    ...(info.length > 0 ? { info } : {}),
    ...(object.kind === 'Pod' ? { networkingInfo: labels ? { labels } : {} } : {}),
    ...(selector ? { networkingInfo: { targetLabels: selector } } : {}),
    ...(resourceVersion ? { resourceVersion } : {}),
    ...(object.kind === 'Pod' ? { images: podImages(object) } : {}),
    ...(health ? { health } : {}),
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
  };
}

function serviceSelector(service: KubernetesObject): Record<string, string> | undefined {
  const spec = service.spec as { selector?: Record<string, string> } | undefined;
  return spec?.selector && stringAt(service, 'spec', 'type') !== 'ExternalName'
    ? spec.selector
    : undefined;
}
