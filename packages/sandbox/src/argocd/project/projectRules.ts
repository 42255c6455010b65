import { globMatches } from '@internal/gitops';
import {
  ApplicationSpec,
  Condition,
  controlPlaneNamespace,
  inCluster,
  isMultiSource,
  ProjectSpec,
  sourcesOf,
} from '../application';
import { normalizeRepositoryUrl } from '../repository/repositoryUrl';

/** Why an Application may not be as its spec says; the texts are Argo CD's. */
export function specConditions(
  spec: ApplicationSpec,
  project: ProjectSpec,
  projectName: string,
): Condition[] {
  const sources = sourcesOf(spec);
  const incomplete =
    sources.length === 0
      ? [spec.source]
      : sources.filter(
          each => !each.repoURL || !(each.path || each.chart || (isMultiSource(spec) && each.ref)),
        );
  if (incomplete.length > 0) {
    return [
      invalid(
        `spec.source.repoURL and either source.path, source.chart, or source.ref are required for source ${describe(
          incomplete[0],
        )}`,
      ),
    ];
  }
  const conditions: Condition[] = [];
  for (const each of sources) {
    if (!isSourcePermitted(project, each.repoURL)) {
      conditions.push(
        invalid(`application repo ${each.repoURL} is not permitted in project '${projectName}'`),
      );
    }
  }
  const unknown = destinationProblem(spec.destination);
  if (unknown) return [...conditions, invalid(unknown)];
  const namespace = spec.destination.namespace ?? '';
  if (!isDestinationPermitted(project, namespace)) {
    const server = spec.destination.name ? inCluster.name : inCluster.server;
    conditions.push(
      invalid(
        `application destination server '${server}' and namespace '${namespace}' do not match any of the allowed destinations in project '${projectName}'`,
      ),
    );
  }
  return conditions;
}

/** Whether the project allows this repository. A pattern with `!` forbids. */
export function isSourcePermitted(project: ProjectSpec, repoUrl: string): boolean {
  const url = normalizeRepositoryUrl(repoUrl);
  let permitted = false;
  for (const pattern of project.sourceRepos ?? []) {
    const forbids = denies(pattern);
    const glob = normalizeRepositoryUrl(forbids ? pattern.slice(1) : pattern);
    const hit = glob === '*' || globMatches(glob, url, '/');
    if (forbids && hit) return false;
    // "!x" on its own permits everything but x.
    if (forbids || hit) permitted = true;
  }
  return permitted;
}

/** Whether the project takes Applications of this namespace; those of Argo CD's own it always does. */
export function isNamespacePermitted(project: ProjectSpec, namespace: string): boolean {
  return (
    namespace === controlPlaneNamespace ||
    (project.sourceNamespaces ?? []).some(pattern => globMatches(pattern, namespace))
  );
}

/** Whether the project allows this namespace of the one cluster. */
export function isDestinationPermitted(project: ProjectSpec, namespace: string): boolean {
  let permitted = false;
  for (const item of project.destinations ?? []) {
    const name = matches(item.name, inCluster.name);
    const server = matches(item.server, inCluster.server);
    const inNamespace = matches(item.namespace, namespace);
    if ((server || name) && inNamespace) permitted = true;
    else if (!name && denies(item.name)) return false;
    else if (!server && denies(item.server) && inNamespace) return false;
    else if (!inNamespace && denies(item.namespace) && server) return false;
  }
  return permitted;
}

/** Whether the project allows this kind of resource. */
export function isKindPermitted(
  project: ProjectSpec,
  group: string,
  kind: string,
  namespaced: boolean,
): boolean {
  const isIn = (list: Array<{ group: string; kind: string }> | undefined) =>
    (list ?? []).some(item => matchesPlain(item.kind, kind) && matchesPlain(item.group, group));
  if (!namespaced) {
    return isIn(project.clusterResourceWhitelist) && !isIn(project.clusterResourceBlacklist);
  }
  const allowed =
    project.namespaceResourceWhitelist === undefined || isIn(project.namespaceResourceWhitelist);
  return allowed && !isIn(project.namespaceResourceBlacklist);
}

function destinationProblem(destination: ApplicationSpec['destination']): string | undefined {
  const { name, server } = destination;
  if (name && server) {
    return `application destination can't have both name and server defined: ${name} ${server}`;
  }
  if (!name && !server) return 'Destination server missing from app spec';
  if (name && name !== inCluster.name) {
    return `there are no clusters with this name: ${name}`;
  }
  if (server && server.replace(/\/$/, '') !== inCluster.server) {
    return `error getting cluster by server "${server}": rpc error: code = NotFound desc = cluster "${server}" not found`;
  }
  return undefined;
}

function matches(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined) return value === '';
  if (denies(pattern)) return !globMatches(pattern.slice(1), value);
  return pattern === '*' || globMatches(pattern, value);
}

function matchesPlain(pattern: string, value: string): boolean {
  return pattern === '*' || pattern === value || globMatches(pattern, value);
}

function denies(pattern: string | undefined): boolean {
  return pattern?.startsWith('!') ?? false;
}

function invalid(message: string): Condition {
  return { type: 'InvalidSpecError', message };
}

function describe(source: unknown): string {
  return source ? JSON.stringify(source) : '{}';
}
