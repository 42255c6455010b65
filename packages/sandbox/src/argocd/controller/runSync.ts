import { setTimeout as sleep } from 'node:timers/promises';
import {
  Application,
  ApplicationSpec,
  OperationPhase,
  OperationState,
  ProjectSpec,
  noSource,
  ResourceResult,
  revisionsOf,
  SourceAt,
  sourcesOf,
} from '../application';
import { resourceHealth } from '../health/resourceHealth';
import { KubernetesClient, KubernetesError } from '../kubernetes/kubernetesClient';
import { keyOf } from '../kubernetes/types';
import { specConditions } from '../project/projectRules';
import { applyResource, requireType } from './applyResource';
import { compareApplication, Comparison, ComparisonSources, isOutage } from './compareApplication';
import { formatConditions } from './conditions';
import {
  keepsItself,
  namespaceTask,
  planTasks,
  resultOf,
  SyncTask,
  taskProblem,
} from './syncTasks';

/** What a sync works with. */
export interface SyncContext extends ComparisonSources {
  client: KubernetesClient;
  /** True when the operation was terminated or the server stops. */
  isCancelled(): boolean;
  /** Told what the sync is waiting for. */
  onProgress(state: OperationState): Promise<void>;
}

/** How often a wave's health is looked at; milliseconds. */
const healthInterval = 100;

/**
 * Does one attempt of a sync operation.
 * @returns the state with its result; the phase is Succeeded, Failed or Error.
 * @throws KubernetesError when the API server went away: the attempt is then repeated as a whole.
 */
export async function runSync(
  application: Application,
  spec: ApplicationSpec,
  project: ProjectSpec,
  state: OperationState,
  context: SyncContext,
): Promise<OperationState> {
  const operation = state.operation.sync;
  const wanted = wantedSources(spec, state);
  if (!operation || wanted.length === 0) {
    return ended(state, 'Error', 'Invalid operation request: no operation specified');
  }
  const problems = specConditions(spec, project, spec.project);
  if (problems.length > 0) return ended(state, 'Error', formatConditions(problems));
  let comparison: Comparison;
  try {
    comparison = await compareApplication(application, spec, project, wanted, context);
  } catch (error) {
    if (!isOutage(error)) throw error;
    return ended(state, 'Error', `ComparisonError: Failed to load target state: ${error.message}`);
  }
  const started: OperationState = {
    ...state,
    syncResult: resultOfSources(comparison.sync),
  };
  const errors = comparison.conditions.filter(each => each.type === 'ComparisonError');
  if (errors.length > 0) return ended(started, 'Error', formatConditions(errors));

  const namespace = namespaceTask(
    spec.destination.namespace,
    operation,
    comparison.managed,
    context.cache,
  );
  const tasks = [...(namespace ? [namespace] : []), ...planTasks(comparison.managed, operation)];
  const invalid = tasks.flatMap(task => {
    const message = taskProblem(task, project, spec.project, context.cache);
    return message ? [{ ...resultOf(task), ...failure(message) }] : [];
  });
  if (invalid.length > 0) {
    const message = 'one or more synchronization tasks are not valid';
    return ended(withResults(started, invalid), 'Failed', message);
  }
  return await runWaves(started, tasks, context);
}

/** What an attempt goes on with: what it began with, what was asked for, or what the spec says. */
function wantedSources(spec: ApplicationSpec, state: OperationState): SourceAt[] {
  const { sync = {} } = state.operation;
  const told = state.syncResult ?? {};
  const sources = [told, sync, spec].map(sourcesOf).find(({ length }) => length > 0) ?? [];
  const revisions = [told, sync].map(revisionsOf).find(({ length }) => length > 0) ?? [];
  return sources.map((source, at) => ({
    source,
    revision: revisions[at] || source.targetRevision,
  }));
}

function resultOfSources({ comparedTo, revision = '', revisions }: Comparison['sync']) {
  const { source = noSource, sources } = comparedTo;
  return { revision, source, ...(sources ? { sources, revisions } : {}) };
}

async function runWaves(
  state: OperationState,
  tasks: SyncTask[],
  context: SyncContext,
): Promise<OperationState> {
  const results: ResourceResult[] = [];
  const waves = [...new Set(tasks.map(waveKey))];
  for (const [at, wave] of waves.entries()) {
    const current = tasks.filter(task => waveKey(task) === wave);
    for (const task of current) results.push(await runTask(task, state, context));
    const failed = results.filter(each => each.status === 'SyncFailed');
    if (failed.length > 0) {
      const reasons = failed.map(each => each.message).join(',');
      const message = `one or more objects failed to apply, reason: ${reasons}`;
      return ended(withResults(state, results), 'Failed', message);
    }
    const isLast = at === waves.length - 1;
    if (!isLast && !(await waitForHealth(withResults(state, results), current, context))) {
      return ended(withResults(state, results), 'Failed', 'Operation terminated');
    }
  }
  return ended(withResults(state, results), 'Succeeded', 'successfully synced (all tasks run)');
}

async function runTask(
  task: SyncTask,
  state: OperationState,
  context: SyncContext,
): Promise<ResourceResult> {
  const dryRun = state.operation.sync?.dryRun ?? false;
  const result = resultOf(task);
  try {
    if (task.action === 'apply') {
      const message = await applyResource(task.object, context, dryRun);
      return { ...result, status: 'Synced', message, hookPhase: 'Running' };
    }
    if (!state.operation.sync?.prune) {
      return { ...result, status: 'PruneSkipped', message: 'ignored (requires pruning)' };
    }
    if (keepsItself(task.object)) {
      return { ...result, status: 'PruneSkipped', message: 'ignored (no prune)' };
    }
    if (!dryRun) {
      const { namespace = '', name } = task.object.metadata;
      const type = requireType(task.object, context.cache);
      await context.client.delete(type, namespace, name, 'Foreground');
    }
    const message = dryRun ? 'pruned (dry run)' : 'pruned';
    return { ...result, status: 'Pruned', message, hookPhase: 'Succeeded' };
  } catch (error) {
    if (!(error instanceof KubernetesError) || error.unavailable) throw error;
    return { ...result, ...failure(error.message) };
  }
}

/** A wave is over when what it applied is healthy. @returns false when the operation was cancelled meanwhile. */
async function waitForHealth(
  state: OperationState,
  tasks: SyncTask[],
  context: SyncContext,
): Promise<boolean> {
  let told: string | undefined;
  for (;;) {
    const waiting = tasks.find(task => {
      const live = task.action === 'apply' ? context.cache.get(keyOf(task.object)) : undefined;
      const health = live && resourceHealth(live);
      return health && health.status !== 'Healthy' && health.status !== 'Suspended';
    });
    if (!waiting) return true;
    if (context.isCancelled()) return false;
    const { group, kind, name } = keyOf(waiting.object);
    const message = `waiting for healthy state of ${group}/${kind}/${name}`;
    if (message !== told) await context.onProgress({ ...state, message });
    told = message;
    await sleep(healthInterval);
  }
}

function waveKey(task: SyncTask): string {
  return `${task.syncPhase}/${task.wave}`;
}

function failure(message: string): Pick<ResourceResult, 'status' | 'message' | 'hookPhase'> {
  return { status: 'SyncFailed', message, hookPhase: 'Failed' };
}

function withResults(state: OperationState, resources: ResourceResult[]): OperationState {
  if (!state.syncResult) return state;
  return { ...state, syncResult: { ...state.syncResult, resources } };
}

function ended(state: OperationState, phase: OperationPhase, message: string): OperationState {
  return { ...state, phase, message };
}
