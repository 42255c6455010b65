import { z } from 'zod';
import {
  Application,
  applicationSpecSchema,
  ApplicationSpec,
  isMultiSource,
  Operation,
  retrySchema,
  sourcesOf,
} from '../application';
import { JsonObject, withoutUndefined } from '../json/json';
import { KubernetesError } from '../kubernetes/kubernetesClient';
import { applicationType } from '../kubernetes/resourceTypes';
import { letsSync } from '../project/syncWindows';
import { ManifestError, RepositoryUnavailableError } from '../repository/manifestError';
import { ApiError, permissionDenied } from './apiError';
import { requireAccount } from './accounts';
import { ApiContext } from './context';
import { findApplication, rbacName } from './findApplication';
import { presentApplication } from './presentApplication';
import { Call, Route } from './router';

const syncSchema = z.looseObject({
  revision: z.string().optional(),
  prune: z.boolean().optional(),
  dryRun: z.boolean().optional(),
  strategy: z.unknown().optional(),
  resources: z
    .array(
      z.object({
        group: z.string().optional(),
        kind: z.string(),
        name: z.string(),
        namespace: z.string().optional(),
      }),
    )
    .nullish(),
  syncOptions: z.object({ items: z.array(z.string()).nullish() }).nullish(),
  retryStrategy: retrySchema.nullish(),
});

const rollbackSchema = z.looseObject({
  id: z.coerce.number().int(),
  prune: z.boolean().optional(),
  dryRun: z.boolean().optional(),
});

/** Everything that changes applications. Only the administrator may. */
export function operationRoutes(context: ApiContext): Route[] {
  const pattern = '/api/v1/applications/{name}';
  return [
    { method: 'POST', pattern: `${pattern}/sync`, handle: call => sync(call, context) },
    { method: 'POST', pattern: `${pattern}/rollback`, handle: call => rollback(call, context) },
    { method: 'DELETE', pattern: `${pattern}/operation`, handle: call => terminate(call, context) },
    { method: 'DELETE', pattern, handle: call => remove(call, context) },
  ];
}

async function sync(call: Call, context: ApiContext): Promise<unknown> {
  const application = findApplication(call, context.controller);
  enforce(call, context, 'sync', application);
  const request = parseBody(syncSchema, await call.body());
  const spec = requireSpec(application);
  refuseWhileDeleting(application);
  const parsed = context.controller.parse(application);
  if (!('errors' in parsed) && !letsSync(application, parsed, true, Date.now())) {
    throw new ApiError('permissionDenied', 'cannot sync: blocked by sync window');
  }
  const isMulti = isMultiSource(spec);
  const revisions = await Promise.all(
    sourcesOf(spec).map(({ repoURL, targetRevision }) =>
      resolve(repoURL, (!isMulti && request.revision) || targetRevision, context),
    ),
  );
  const operation: Operation = withoutUndefined({
    sync: {
      ...(isMulti
        ? { revisions, sources: spec.sources }
        : { revision: revisions[0], source: spec.source }),
      prune: request.prune,
      dryRun: request.dryRun,
      syncOptions: request.syncOptions?.items ?? spec.syncPolicy?.syncOptions,
      syncStrategy: request.strategy,
      resources: request.resources ?? undefined,
    },
    initiatedBy: { username: call.account?.name },
    retry: request.retryStrategy ?? spec.syncPolicy?.retry ?? {},
  });
  const partial = request.resources?.length ? 'partial ' : '';
  return await setOperation(
    application,
    operation,
    `initiated ${partial}sync to ${revisions.join(', ')}`,
    context,
  );
}

async function rollback(call: Call, context: ApiContext): Promise<unknown> {
  const application = findApplication(call, context.controller);
  // Unlike sync, rollback hides the reason of a refusal.
  if (!call.account?.admin) throw permissionDenied();
  const request = parseBody(rollbackSchema, await call.body());
  const spec = requireSpec(application);
  refuseWhileDeleting(application);
  const automated = spec.syncPolicy?.automated;
  if (automated && automated.enabled !== false) {
    throw new ApiError(
      'failedPrecondition',
      'rollback cannot be initiated when auto-sync is enabled',
    );
  }
  const entry = application.status?.history?.find(each => each.id === request.id);
  if (!entry) {
    const { namespace, name } = application.metadata;
    throw new ApiError(
      'invalidArgument',
      `application ${namespace}/${name} does not have deployment with id ${request.id}`,
    );
  }
  const operation: Operation = withoutUndefined({
    sync: {
      ...(isMultiSource(entry)
        ? { revisions: entry.revisions, sources: entry.sources }
        : { revision: entry.revision, source: entry.source }),
      prune: request.prune,
      dryRun: request.dryRun,
      syncOptions: spec.syncPolicy?.syncOptions,
      syncStrategy: { apply: {} },
    },
    initiatedBy: { username: call.account.name },
    retry: {},
  });
  return await setOperation(application, operation, `initiated rollback to ${request.id}`, context);
}

async function terminate(call: Call, context: ApiContext): Promise<unknown> {
  const application = findApplication(call, context.controller);
  if (!call.account?.admin) throw permissionDenied();
  if (!application.operation || !application.status?.operationState) {
    throw new ApiError(
      'invalidArgument',
      'Unable to terminate operation. No operation is in progress',
    );
  }
  await patch(application, { status: { operationState: { phase: 'Terminating' } } }, context);
  context.events.record(application, 'ResourceUpdated', 'terminated running operation');
  return {};
}

async function remove(call: Call, context: ApiContext): Promise<unknown> {
  const application = findApplication(call, context.controller);
  enforce(call, context, 'delete', application);
  const { name, namespace = '', finalizers = [] } = application.metadata;
  const finalizer = 'resources-finalizer.argocd.argoproj.io';
  const cascade = call.query.get('cascade') !== 'false';
  const wanted = cascade
    ? [...new Set([...finalizers, finalizer])]
    : finalizers.filter(each => each !== finalizer);
  await patch(application, { metadata: { finalizers: wanted } }, context);
  await answering(context.client.delete(applicationType, namespace, name, 'Background'));
  context.events.record(
    application,
    'ResourceDeleted',
    'deleted application',
    'Normal',
    'argocd-server',
  );
  return {};
}

async function setOperation(
  application: Application,
  operation: Operation,
  message: string,
  context: ApiContext,
): Promise<Application> {
  if (application.operation) {
    throw new ApiError('failedPrecondition', 'another operation is already in progress');
  }
  const written = await patch(application, { operation: operation as JsonObject }, context);
  context.events.record(application, 'OperationStarted', message, 'Normal', 'argocd-server');
  return presentApplication(written);
}

async function patch(
  application: Application,
  change: JsonObject,
  context: ApiContext,
): Promise<Application> {
  const { name, namespace = '' } = application.metadata;
  const written = await answering(
    context.client.mergePatch(applicationType, namespace, name, change),
  );
  context.cache.written(written);
  return written as Application;
}

/** Turns a refusal by Kubernetes into one of ours. */
async function answering<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
    throw new ApiError('unknown', `error updating application: ${error.message}`);
  }
}

async function resolve(
  url: string | undefined,
  revision: string | undefined,
  context: ApiContext,
): Promise<string> {
  try {
    return await context.repositories.get(url ?? '').resolve(revision);
  } catch (error) {
    if (!(error instanceof ManifestError) && !(error instanceof RepositoryUnavailableError)) {
      throw error;
    }
    throw new ApiError('unknown', error.message);
  }
}

function enforce(call: Call, context: ApiContext, action: string, application: Application): void {
  context.accounts.enforce(requireAccount(call), 'applications', action, rbacName(application));
}

function requireSpec(application: Application): ApplicationSpec {
  const parsed = applicationSpecSchema.safeParse(application.spec);
  if (parsed.success) return parsed.data;
  throw new ApiError('invalidArgument', 'application spec is invalid');
}

function refuseWhileDeleting(application: Application): void {
  if (application.metadata.deletionTimestamp) {
    throw new ApiError('failedPrecondition', 'application is deleting');
  }
}

function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiError('invalidArgument', `${issue.path.join('.')}: ${issue.message}`);
}
