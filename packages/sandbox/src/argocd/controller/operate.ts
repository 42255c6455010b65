import {
  Application,
  ApplicationSpec,
  ApplicationStatus,
  Operation,
  OperationState,
  ProjectSpec,
  revisionsOf,
  timestamp,
} from '../application';
import { withoutUndefined } from '../json/json';
import { Logger } from '../log';
import { letsSync } from '../project/syncWindows';
import { EventRecorder } from './eventRecorder';
import { appendHistory } from './history';
import { retryDelay } from './retry';
import { runSync, SyncContext } from './runSync';

/** What carrying out an operation needs. */
export interface OperateContext extends Omit<SyncContext, 'onProgress'> {
  events: EventRecorder;
  log: Logger;
  clock: () => number;
  /** Writes status and operation; `null` removes the operation. Answers the application as it is then. */
  write(
    application: Application,
    status: ApplicationStatus,
    operation?: null,
  ): Promise<Application>;
}

/** How often a closed window is looked at again; milliseconds. */
const blockedInterval = 10_000;

const finished = new Set(['Succeeded', 'Failed', 'Error']);

/**
 * Carries out the `operation` of an application, or goes on with it.
 * @param parsed - undefined when spec or project are not acceptable.
 * @returns milliseconds after which the application should be looked at again.
 */
export async function operate(
  application: Application,
  parsed: { spec: ApplicationSpec; project: ProjectSpec } | undefined,
  context: OperateContext,
): Promise<number> {
  const begun = begin(application, context.clock());
  if (typeof begun === 'number') return begun;
  let current = await record(application, begun, context);
  let outcome: OperationState;
  if (begun.phase === 'Terminating') {
    outcome = { ...begun, phase: 'Failed', message: 'Operation terminated' };
  } else if (parsed && !letsSync(application, parsed, isManual(begun), context.clock())) {
    const message = 'Sync operation blocked by sync window';
    await record(current, { ...begun, message }, context);
    return blockedInterval;
  } else if (!parsed) {
    outcome = { ...begun, phase: 'Error', message: 'Failed to load application project' };
  } else {
    outcome = await runSync(application, parsed.spec, parsed.project, begun, {
      ...context,
      onProgress: async state => {
        current = await record(current, state, context);
      },
    });
  }
  const state = withRetry(outcome, context.clock());
  const done = finished.has(state.phase);
  const status: ApplicationStatus = { ...current.status, operationState: state };
  const sync = state.operation.sync;
  const whole = !sync?.dryRun && !(sync?.resources && sync.resources.length > 0);
  if (state.phase === 'Succeeded' && whole) {
    const limit = parsed?.spec.revisionHistoryLimit;
    const deployedAt = timestamp(context.clock());
    status.history = appendHistory(current.status?.history, state, deployedAt, limit);
  }
  current = await context.write(current, withoutUndefined(status), done ? null : undefined);
  if (!done) return retryDelay(state.operation.retry, (state.retryCount ?? 1) - 1);
  announce(current, state, context);
  return 0;
}

function isManual({ operation }: OperationState): boolean {
  return !operation.initiatedBy?.automated;
}

/** The state with which this attempt starts; a number of milliseconds when it is not yet time for it. */
function begin(application: Application, now: number): OperationState | number {
  const state = application.status?.operationState;
  const running = state && !finished.has(state.phase);
  if (!running) {
    const operation = application.operation as Operation;
    return { operation, phase: 'Running', startedAt: timestamp(now) };
  }
  // Running and finished at once: an attempt that failed and waits for the next one.
  if (state.phase === 'Running' && state.finishedAt) {
    const count = state.retryCount ?? 1;
    const due = Date.parse(state.finishedAt) + retryDelay(state.operation.retry, count - 1);
    if (due > now) return due - now;
    const { finishedAt: _finishedAt, syncResult: _syncResult, ...rest } = state;
    if (!state.operation.retry?.refresh) {
      return { ...rest, message: `Retrying operation. Attempt #${count}` };
    }
    const sync = { ...state.operation.sync, revision: undefined, revisions: undefined };
    const message = `Retrying operation with latest revisions. Attempt #${count}`;
    return { ...rest, operation: { ...state.operation, sync }, message };
  }
  return state;
}

async function record(
  application: Application,
  state: OperationState,
  context: OperateContext,
): Promise<Application> {
  const status: ApplicationStatus = { ...application.status, operationState: state };
  return await context.write(application, withoutUndefined(status));
}

function withRetry(state: OperationState, now: number): OperationState {
  const count = state.retryCount ?? 0;
  const limit = state.operation.retry?.limit ?? 0;
  const failed = state.phase === 'Failed' || state.phase === 'Error';
  const terminated = state.message === 'Operation terminated';
  const finishedAt = timestamp(now);
  if (!failed || terminated || (count >= limit && limit >= 0)) {
    const retried = failed && count > 0 ? ` (retried ${count} times).` : '';
    return { ...state, message: `${state.message ?? ''}${retried}`, finishedAt };
  }
  const at = new Date(now + retryDelay(state.operation.retry, count));
  const hour = at.getUTCHours() % 12 || 12;
  const minute = String(at.getUTCMinutes()).padStart(2, '0');
  const kitchen = `${hour}:${minute}${at.getUTCHours() < 12 ? 'AM' : 'PM'}`;
  const message = `${state.message}. Retrying attempt #${count + 1} at ${kitchen}.`;
  return { ...state, phase: 'Running', finishedAt, retryCount: count + 1, message };
}

function announce(application: Application, state: OperationState, context: OperateContext): void {
  const { name } = application.metadata;
  const revision = revisionsOf(state.syncResult ?? state.operation.sync ?? {}).join(', ');
  const succeeded = state.phase === 'Succeeded';
  const message = succeeded
    ? `Sync operation to ${revision} succeeded`
    : `Sync operation to ${revision} failed: ${state.message}`;
  const type = succeeded ? 'Normal' : 'Warning';
  context.events.record(application, 'OperationCompleted', message, type);
  context.log(`application ${name}: ${message}`);
}
