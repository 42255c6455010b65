import { objectOrEmpty } from '../model/json';
import { kinds } from '../model/resources';
import { Container, EnvironmentVariable, Pod } from '../model/workloads';
import { ObjectStore } from '../store/ObjectStore';
import { Image } from './imageRegistry';

/** A container that cannot be made from its spec; shown as CreateContainerConfigError. */
export class ContainerConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ContainerConfigError';
  }
}

/** What the downward API can tell of a pod. */
export interface PodFacts {
  podIP: string;
  hostIP: string;
}

function fieldOf(pod: Pod, path: string, facts: PodFacts): string {
  const map = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (map) {
    return pod.metadata[map[1] as 'labels' | 'annotations']?.[map[2]] ?? '';
  }
  switch (path) {
    case 'metadata.name':
      return pod.metadata.name;
    case 'metadata.namespace':
      return pod.metadata.namespace ?? '';
    case 'metadata.uid':
      return pod.metadata.uid;
    case 'spec.nodeName':
      return pod.spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return pod.spec.serviceAccountName ?? '';
    case 'status.podIP':
    case 'status.podIPs':
      return facts.podIP;
    case 'status.hostIP':
    case 'status.hostIPs':
      return facts.hostIP;
    default:
      throw new ContainerConfigError(`field label not supported: ${path}`);
  }
}

function keyOf(
  store: ObjectStore,
  pod: Pod,
  kind: 'configMap' | 'secret',
  reference: { name: string; key: string; optional?: boolean },
): string | undefined {
  const object = store.get(kinds[kind], pod.metadata.namespace, reference.name);
  const value = objectOrEmpty(object?.data)[reference.key];
  if (typeof value === 'string') {
    return kind === 'secret' ? Buffer.from(value, 'base64').toString('utf8') : value;
  }
  if (reference.optional) {
    return undefined;
  }
  const word = kind.toLowerCase();
  throw new ContainerConfigError(
    object
      ? `couldn't find key ${reference.key} in ${kind === 'secret' ? 'Secret' : 'ConfigMap'} ${
          pod.metadata.namespace
        }/${reference.name}`
      : `${word} "${reference.name}" not found`,
  );
}

function valueOf(
  store: ObjectStore,
  pod: Pod,
  variable: EnvironmentVariable,
  facts: PodFacts,
): string | undefined {
  const { fieldRef, configMapKeyRef, secretKeyRef } = variable.valueFrom ?? {};
  if (fieldRef) {
    return fieldOf(pod, fieldRef.fieldPath, facts);
  }
  if (configMapKeyRef) {
    return keyOf(store, pod, 'configMap', configMapKeyRef);
  }
  if (secretKeyRef) {
    return keyOf(store, pod, 'secret', secretKeyRef);
  }
  return variable.value ?? '';
}

/** The pairs of a ConfigMap or Secret that `envFrom` names. */
function pairsOf(
  store: ObjectStore,
  pod: Pod,
  kind: 'configMap' | 'secret',
  reference: { name: string; optional?: boolean },
): Array<[string, string]> {
  const object = store.get(kinds[kind], pod.metadata.namespace, reference.name);
  if (!object && !reference.optional) {
    throw new ContainerConfigError(`${kind.toLowerCase()} "${reference.name}" not found`);
  }
  return Object.entries(objectOrEmpty(object?.data)).map(([name, value]) => [
    name,
    kind === 'secret' ? Buffer.from(String(value), 'base64').toString('utf8') : String(value),
  ]);
}

function fromMaps(store: ObjectStore, pod: Pod, container: Container): Array<[string, string]> {
  return (container.envFrom ?? []).flatMap(({ prefix = '', configMapRef, secretRef }) =>
    [
      ...(configMapRef ? pairsOf(store, pod, 'configMap', configMapRef) : []),
      ...(secretRef ? pairsOf(store, pod, 'secret', secretRef) : []),
    ].map(([name, value]): [string, string] => [`${prefix}${name}`, value]),
  );
}

/**
 * The environment of a container's process: what the image brings, over it the pod's spec, over both what the sandbox
 * must decide (where to listen).
 * @throws ContainerConfigError for a reference to something that is not there.
 */
export function containerEnvironment(
  store: ObjectStore,
  pod: Pod,
  container: Container,
  image: Image,
  facts: PodFacts & { port: number },
): Record<string, string> {
  const own = (container.env ?? []).flatMap(variable => {
    const value = valueOf(store, pod, variable, facts);
    return value === undefined ? [] : [[variable.name, value] as const];
  });
  return {
    PATH: process.env.PATH ?? '',
    HOSTNAME: pod.metadata.name,
    POD_NAME: pod.metadata.name,
    VERSION: image.tag,
    COMMIT: image.commit,
    ...image.environment,
    ...Object.fromEntries(fromMaps(store, pod, container)),
    ...Object.fromEntries(own),
    PORT: String(facts.port),
    HOST: '127.0.0.1',
  };
}
