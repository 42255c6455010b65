import { z } from 'zod';
import { Application, applicationSpecSchema, ProjectSpec, sourceOf } from '../application/types';
import { compareApplication, isOutage } from '../controller/compareApplication';
import { projectOf } from '../controller/applicationController';
import { canonicalJson } from '../json/json';
import { KubernetesError } from '../kubernetes/kubernetesClient';
import { eventType } from '../kubernetes/resourceTypes';
import { groupVersion, KubernetesObject } from '../kubernetes/types';
import { stringAt } from '../json/json';
import { normalizeRepositoryUrl } from '../repository/repositoryUrl';
import { ApiError } from './apiError';
import { ApiContext } from './context';
import { parseFields, selectFields, selectListFields } from './fieldSelection';
import { findApplication } from './findApplication';
import { LabelSelector, parseLabelSelector } from './labelSelector';
import { presentApplication, withResourceHealth } from './presentApplication';
import { Call, Route } from './router';

const fullSha = /^[0-9a-f]{40}$/;

/** Everything that reads applications. */
export function applicationRoutes(context: ApiContext): Route[] {
  const { controller } = context;
  const find = (call: Call) => findApplication(call, controller);
  const base = '/api/v1/applications';
  const get = (path: string, handle: Route['handle']): Route => ({
    method: 'GET',
    pattern: `${base}${path}`,
    handle,
  });
  return [
    get('', async call => listApplications(call, context)),
    get('/{name}', async call => {
      const found = find(call);
      const refresh = call.query.get('refresh');
      if (refresh) await controller.refresh(found.metadata.name, refresh === 'hard');
      const current = find(call);
      const tree = controller.runtime(current.metadata.name)?.tree;
      return withResourceHealth(presentApplication(current), tree);
    }),
    get('/{name}/resource-tree', async call => {
      const { name } = find(call).metadata;
      return controller.runtime(name)?.tree ?? {};
    }),
    get('/{name}/managed-resources', async call => managedResources(call, context)),
    get('/{name}/events', async call => events(call, find(call), context)),
    get('/{name}/revisions/{revision}/metadata', async call =>
      revisionMetadata(find(call), call.parameters.revision, context),
    ),
    get('/{name}/manifests', async call => manifests(find(call), call.query, context)),
    get('/{name}/syncwindows', async call => {
      find(call);
      return { canSync: true };
    }),
    get('/{name}/resource', async call => resource(find(call), call.query, context)),
  ];
}

/** Reads the selector of a request. @throws ApiError 500, as the real one does. */
export function readSelector(call: Call, what: string): LabelSelector {
  try {
    return parseLabelSelector(call.query.get('selector') ?? '');
  } catch (error) {
    throw new ApiError('unknown', `error parsing ${what}: ${(error as Error).message}`);
  }
}

function listApplications(call: Call, { controller, cache }: ApiContext): unknown {
  const matches = readSelector(call, 'the selector');
  const { query } = call;
  const projects = [...query.getAll('projects'), ...query.getAll('project')].filter(Boolean);
  const namespace = query.get('appNamespace');
  const repository = query.get('repo');
  const name = query.get('name');
  const fields = parseFields(query.get('fields'));
  const items = controller
    .applications()
    .filter(
      each =>
        matches(each.metadata.labels) &&
        (!name || each.metadata.name === name) &&
        (!namespace || each.metadata.namespace === namespace) &&
        (projects.length === 0 || projects.includes(projectOf(each))) &&
        (!repository || usesRepository(each, repository)),
    )
    .map(presentApplication)
    .map(each => (fields ? selectListFields(each, fields) : each));
  return {
    // Go writes an empty list as null here.
    items: items.length > 0 ? items : null,
    metadata: { resourceVersion: cache.resourceVersion('argoproj.io', 'Application') },
  };
}

function usesRepository(application: Application, repository: string): boolean {
  const url = stringAt(application.spec, 'source', 'repoURL') ?? '';
  return normalizeRepositoryUrl(url) === normalizeRepositoryUrl(repository);
}

function managedResources(call: Call, { controller }: ApiContext): unknown {
  const { name } = findApplication(call, controller).metadata;
  const { query } = call;
  const wanted = { group: query.get('group'), kind: query.get('kind'), name: query.get('name') };
  const namespace = query.get('namespace');
  const items = (controller.runtime(name)?.managed ?? []).flatMap(({ live, target, diff }) => {
    const object = (live ?? target) as KubernetesObject;
    const [group] = groupVersion(object.apiVersion);
    if (wanted.group !== null && wanted.group !== group) return [];
    if (wanted.kind && wanted.kind !== object.kind) return [];
    if (wanted.name && wanted.name !== object.metadata.name) return [];
    if (namespace && namespace !== object.metadata.namespace) return [];
    const text = (value: unknown) => (value ? canonicalJson(hideSecret(value)) : 'null');
    return [
      {
        ...(group ? { group } : {}),
        kind: object.kind,
        ...(object.metadata.namespace ? { namespace: object.metadata.namespace } : {}),
        name: object.metadata.name,
        targetState: text(target),
        liveState: text(live),
        normalizedLiveState: text(diff?.normalizedLive ?? live),
        predictedLiveState: text(diff?.predictedLive ?? target ?? live),
        ...(live?.metadata.resourceVersion
          ? { resourceVersion: live.metadata.resourceVersion }
          : {}),
        ...(diff?.modified ? { modified: true } : {}),
      },
    ];
  });
  const fields = parseFields(query.get('fields'));
  const answer = items.length > 0 ? { items } : {};
  return fields ? selectFields(answer, fields) : answer;
}

/** Nobody gets to read a Secret's values through Argo CD. */
function hideSecret(value: unknown): unknown {
  const object = value as KubernetesObject;
  if (object.kind !== 'Secret' || !object.data) return value;
  const hidden = Object.keys(object.data).map(key => [key, '++++++++']);
  const annotations = Object.entries(object.metadata.annotations ?? {}).map(([key, text]) => [
    key,
    key.endsWith('last-applied-configuration') ? '++++++++' : text,
  ]);
  return {
    ...object,
    data: Object.fromEntries(hidden),
    metadata: { ...object.metadata, annotations: Object.fromEntries(annotations) },
  };
}

async function events(call: Call, application: Application, context: ApiContext): Promise<unknown> {
  const { query } = call;
  const resourceName = query.get('resourceName');
  const wanted = resourceName
    ? {
        name: resourceName,
        namespace: query.get('resourceNamespace') ?? '',
        uid: query.get('resourceUID') ?? '',
      }
    : { ...application.metadata, namespace: application.metadata.namespace ?? '' };
  let list;
  try {
    list = await context.client.list(eventType);
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
    throw new ApiError('unknown', `error listing resource events: ${error.message}`);
  }
  const items = list.items
    .filter(
      each =>
        stringAt(each, 'involvedObject', 'name') === wanted.name &&
        (stringAt(each, 'involvedObject', 'namespace') ?? '') === wanted.namespace &&
        (!wanted.uid || stringAt(each, 'involvedObject', 'uid') === wanted.uid),
    )
    .map(({ apiVersion: _apiVersion, kind: _kind, ...event }) => event);
  return {
    metadata: { resourceVersion: list.resourceVersion },
    items: items.length > 0 ? items : null,
  };
}

async function revisionMetadata(
  application: Application,
  revision: string,
  { repositories }: ApiContext,
): Promise<unknown> {
  if (!fullSha.test(revision)) {
    throw new ApiError('unknown', `revision ${revision} must be resolved`);
  }
  const url = stringAt(application.spec, 'source', 'repoURL') ?? '';
  const { git } = repositories.get(url);
  if (!(await git.has(revision))) {
    throw new ApiError('unknown', `Failed to fetch revision ${revision}: unknown revision`);
  }
  return await git.metadata(revision);
}

async function manifests(
  application: Application,
  query: URLSearchParams,
  context: ApiContext,
): Promise<unknown> {
  const parsed = applicationSpecSchema.safeParse(application.spec);
  const source = parsed.success ? sourceOf(parsed.data) : undefined;
  if (!parsed.success || !source) throw new ApiError('unknown', 'application spec is invalid');
  const { spec } = { spec: parsed.data };
  const everything: ProjectSpec = {
    destinations: [{ server: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  };
  const revision = query.get('revision') || source.targetRevision;
  try {
    const compared = await compareApplication(
      application,
      spec,
      everything,
      source,
      revision,
      context,
    );
    const [problem] = compared.conditions.filter(each => each.type === 'ComparisonError');
    if (problem) {
      const reason = problem.message.replace(/^.*?desc = /, '');
      throw new ApiError('unknown', `error generating manifests: ${reason}`);
    }
    return {
      manifests: compared.managed.flatMap(({ target }) =>
        target ? [canonicalJson(hideSecret(target))] : [],
      ),
      namespace: spec.destination.namespace,
      server: spec.destination.server,
      revision: compared.sync.revision,
      sourceType: compared.sourceType,
    };
  } catch (error) {
    if (!isOutage(error)) throw error;
    throw new ApiError('unknown', error.message);
  }
}

const resourceQuery = z.object({
  kind: z.string().min(1),
  resourceName: z.string().min(1),
  group: z.string().default(''),
  namespace: z.string().default(''),
});

function resource(application: Application, query: URLSearchParams, context: ApiContext): unknown {
  const parsed = resourceQuery.safeParse(Object.fromEntries(query));
  const { name } = application.metadata;
  if (!parsed.success) {
    throw new ApiError('invalidArgument', `resource not found as part of application ${name}`);
  }
  const { kind, resourceName, group, namespace } = parsed.data;
  const node = context.controller
    .runtime(name)
    ?.tree.nodes?.find(
      each =>
        each.kind === kind &&
        each.name === resourceName &&
        (each.group ?? '') === group &&
        (each.namespace ?? '') === namespace,
    );
  const live = node && context.cache.get({ group, kind, namespace, name: resourceName });
  if (!live) {
    throw new ApiError(
      'invalidArgument',
      `${kind} ${group} ${resourceName} not found as part of application ${name}`,
    );
  }
  return { manifest: canonicalJson(hideSecret(live)) };
}
