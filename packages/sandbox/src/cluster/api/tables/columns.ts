import { listOrEmpty, objectOrEmpty } from '../../model/json';
import { KubernetesObject } from '../../model/objects';
import { Resource, qualifiedName } from '../../model/resources';
import { LabelSelector, labelSelectorText } from '../../model/selectors';
import { Deployment, Pod, PodTemplate, ReplicaSet, Service } from '../../model/workloads';
import { age, ageSince } from './age';
import { podIsReady, podReason, podRestarts } from './podColumns';

/** One column of a table. */
export interface Column {
  name: string;
  type?: 'string' | 'integer' | 'date';
  description: string;
  /** Shown only with `-o wide`. */
  wide?: boolean;
  /** The cell; `now` in milliseconds since 1970. */
  value(object: KubernetesObject, now: number): string | number;
}

function column<T extends KubernetesObject>(
  name: string,
  value: (object: T, now: number) => string | number | undefined,
  options: { wide?: boolean; type?: Column['type'] } = {},
): Column {
  return {
    name,
    description: name,
    ...options,
    value: (object, now) => value(object as T, now) ?? '<none>',
  };
}

const nameColumn = column('Name', object => object.metadata.name);
const ageColumn = column('Age', age);

function containers(template: PodTemplate): string {
  return template.spec.containers.map(container => container.name).join(',');
}

function images(template: PodTemplate): string {
  return template.spec.containers.map(container => container.image).join(',');
}

function pairs(labels: Record<string, string> | undefined): string | undefined {
  return labels && labelSelectorText({ matchLabels: labels });
}

function selectorOf(object: KubernetesObject & { spec: { selector: LabelSelector } }): string {
  return labelSelectorText(object.spec.selector);
}

function at(object: KubernetesObject, ...path: string[]): string | undefined {
  const value = path.reduce<unknown>((below, key) => objectOrEmpty(below)[key], object);
  return value === undefined || value === null ? undefined : String(value);
}

const integer = { type: 'integer' as const };
const wide = { wide: true };

const workloadWide = [
  column<Deployment | ReplicaSet>('Containers', object => containers(object.spec.template), wide),
  column<Deployment | ReplicaSet>('Images', object => images(object.spec.template), wide),
  column<Deployment | ReplicaSet>('Selector', selectorOf, wide),
];

const columns: Record<string, Column[]> = {
  pods: [
    nameColumn,
    column<Pod>('Ready', podIsReady),
    column<Pod>('Status', podReason),
    column<Pod>('Restarts', podRestarts),
    ageColumn,
    column<Pod>('IP', pod => pod.status?.podIP, wide),
    column<Pod>('Node', pod => pod.spec.nodeName, wide),
    column<Pod>('Nominated Node', () => undefined, wide),
    column<Pod>('Readiness Gates', () => undefined, wide),
  ],
  'deployments.apps': [
    nameColumn,
    column<Deployment>(
      'Ready',
      object => `${object.status?.readyReplicas ?? 0}/${object.spec.replicas}`,
    ),
    column<Deployment>('Up-to-date', object => object.status?.updatedReplicas ?? 0, integer),
    column<Deployment>('Available', object => object.status?.availableReplicas ?? 0, integer),
    ageColumn,
    ...workloadWide,
  ],
  'replicasets.apps': [
    nameColumn,
    column<ReplicaSet>('Desired', object => object.spec.replicas, integer),
    column<ReplicaSet>('Current', object => object.status?.replicas ?? 0, integer),
    column<ReplicaSet>('Ready', object => object.status?.readyReplicas ?? 0, integer),
    ageColumn,
    ...workloadWide,
  ],
  services: [
    nameColumn,
    column<Service>('Type', service => service.spec.type),
    column<Service>('Cluster-IP', service => service.spec.clusterIP),
    column<Service>('External-IP', () => undefined),
    column<Service>('Port(s)', service =>
      service.spec.ports?.map(port => `${port.port}/${port.protocol}`).join(','),
    ),
    ageColumn,
    column<Service>('Selector', service => pairs(service.spec.selector), wide),
  ],
  namespaces: [nameColumn, column('Status', object => at(object, 'status', 'phase')), ageColumn],
  nodes: [
    nameColumn,
    column('Status', object =>
      listOrEmpty(objectOrEmpty(object.status).conditions).some(
        condition =>
          objectOrEmpty(condition).type === 'Ready' && objectOrEmpty(condition).status === 'True',
      )
        ? 'Ready'
        : 'NotReady',
    ),
    column('Roles', () => undefined),
    ageColumn,
    column('Version', object => at(object, 'status', 'nodeInfo', 'kubeletVersion')),
  ],
  events: [
    column('Last Seen', (object, now) =>
      ageSince(
        at(object, 'lastTimestamp') ?? at(object, 'eventTime') ?? object.metadata.creationTimestamp,
        now,
      ),
    ),
    column('Type', object => at(object, 'type')),
    column('Reason', object => at(object, 'reason')),
    column(
      'Object',
      object =>
        `${at(object, 'involvedObject', 'kind')?.toLowerCase()}/${at(
          object,
          'involvedObject',
          'name',
        )}`,
    ),
    column('Message', object => at(object, 'message')),
    { ...nameColumn, wide: true },
  ],
  'applications.argoproj.io': [
    nameColumn,
    column('Sync Status', object => at(object, 'status', 'sync', 'status') ?? ''),
    column('Health Status', object => at(object, 'status', 'health', 'status') ?? ''),
    column('Revision', object => at(object, 'status', 'sync', 'revision') ?? '', wide),
    column('Project', object => at(object, 'spec', 'project') ?? '', wide),
  ],
};

/** The columns of a kind; a kind without columns of its own shows name and age. */
export function columnsOf(resource: Resource): Column[] {
  return columns[qualifiedName(resource)] ?? [nameColumn, ageColumn];
}
