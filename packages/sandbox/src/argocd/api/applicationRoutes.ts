import { Application, instanceName, sourcesOf, ToldSources } from '../application';
import { projectOf } from '../controller/parseApplication';
import { stringAt } from '../json/json';
import { LabelSelector, parseLabelSelector } from '../../labelSelector';
import { normalizeRepositoryUrl } from '../repository/repositoryUrl';
import { ApiError } from './apiError';
import { applicationEvents } from './applicationEvents';
import { applicationManifests } from './applicationManifests';
import { ApiContext } from './context';
import { parseFields, selectListFields } from './fieldSelection';
import { findApplication } from './findApplication';
import { managedResources, resource } from './managedResources';
import { presentApplication, withResourceHealth } from './presentApplication';
import { syncWindows } from './syncWindows';
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
      if (refresh) await controller.refresh(instanceName(found), refresh === 'hard');
      const current = find(call);
      const tree = controller.runtime(instanceName(current))?.tree;
      return withResourceHealth(presentApplication(current), tree);
    }),
    get('/{name}/resource-tree', async call => {
      return (await controller.ensureRuntime(instanceName(find(call)))).tree;
    }),
    get('/{name}/managed-resources', async call => managedResources(call, context)),
    get('/{name}/events', async call => applicationEvents(call, find(call), context)),
    get('/{name}/revisions/{revision}/metadata', async call =>
      revisionMetadata(find(call), call, context),
    ),
    get('/{name}/manifests', async call => applicationManifests(find(call), call.query, context)),
    get('/{name}/syncwindows', async call => syncWindows(find(call), context)),
    get('/{name}/resource', async call => resource(find(call), call.query, context)),
  ];
}

/** Reads the selector of a request. @throws ApiError 500, as the real one does. */
export function readSelector(call: Call, what: string): LabelSelector {
  try {
    return parseLabelSelector(call.query.get('selector') ?? '', 'characters');
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

async function revisionMetadata(
  { spec }: Application,
  { parameters: { revision }, query }: Call,
  { repositories }: ApiContext,
): Promise<unknown> {
  const sources = sourcesOf(spec as ToldSources);
  const index = Number(query.get('sourceIndex') ?? 0);
  if (sources.length > 1 && !sources[index]) {
    throw new ApiError(
      'unknown',
      `error getting app source by source index and version ID: source index ${index} not found because there are only ${sources.length} sources`,
    );
  }
  if (!fullSha.test(revision)) {
    throw new ApiError('unknown', `revision ${revision} must be resolved`);
  }
  const { git } = repositories.get((sources[index] ?? sources[0])?.repoURL ?? '');
  if (!(await git.has(revision))) {
    throw new ApiError('unknown', `Failed to fetch revision ${revision}: unknown revision`);
  }
  return await git.metadata(revision);
}
