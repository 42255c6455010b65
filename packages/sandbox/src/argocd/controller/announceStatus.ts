import {
  Application,
  ApplicationStatus,
  instanceName,
  Operation,
  revisionsOf,
} from '../application';
import { Logger } from '../log';
import { EventRecorder } from './eventRecorder';

/** Tells of a changed sync or health status, and of an operation that begins: in the log and as events. */
export function announceStatus(
  application: Application,
  before: ApplicationStatus,
  after: ApplicationStatus,
  operation: Operation | undefined,
  { events, log }: { events: EventRecorder; log: Logger },
): void {
  const name = instanceName(application);
  const tell = (what: string, from: string | undefined, to: string | undefined) => {
    if (from === to) return;
    const message = `Updated ${what} status: ${from ?? ''} -> ${to ?? ''}`;
    events.record(application, 'ResourceUpdated', message);
    log(`application ${name}: ${what} ${to}`);
  };
  tell('sync', before.sync?.status, after.sync?.status);
  tell('health', before.health?.status, after.health?.status);
  if (!operation) return;
  const message = `Initiated automated sync to '${revisionsOf(operation.sync ?? {}).join(', ')}'`;
  events.record(application, 'OperationStarted', message);
}
