import { globMatches } from '@internal/gitops';
import { CronTime } from 'cron';
import { Application, ApplicationSpec, ProjectSpec, SyncWindow } from '../application';
import { parseDuration } from '../controller/retry';

/** A window that cannot be read; it closes all others with it. */
export class SyncWindowError extends Error {}

/**
 * The windows that are meant for an application: by its name, its cluster or its namespace; with `andOperator` by all of
 * these that a window names. Argo CD's `SyncWindows.Matches`.
 */
export function assignedWindows(
  { metadata }: Application,
  { destination }: ApplicationSpec,
  { syncWindows = [] }: ProjectSpec,
): SyncWindow[] {
  const { name, server, namespace } = destination;
  return syncWindows.filter(window => {
    const criteria: Array<[string[] | undefined, Array<string | undefined>]> = [
      [window.applications, [metadata.name]],
      [window.clusters, [name, server]],
      [window.namespaces, [namespace]],
    ];
    const met = criteria.flatMap(([patterns, values]) =>
      patterns?.length ? [patterns.some(pattern => anyMatches(pattern, values))] : [],
    );
    return window.andOperator ? met.length > 0 && met.every(Boolean) : met.some(Boolean);
  });
}

/**
 * The windows that are open.
 * @param now - milliseconds since the epoch.
 * @throws {@link SyncWindowError}
 */
export function activeWindows(windows: SyncWindow[], now: number): SyncWindow[] {
  return windows.filter(window => {
    const duration = parseDuration(window.duration);
    if (duration === undefined) {
      throw new SyncWindowError(`cannot parse duration '${window.duration}'`);
    }
    return nextStart(window, new Date(now - duration)) < now;
  });
}

/**
 * Whether the windows of an application let a sync through.
 * @param isManual - a person asked for it.
 * @throws {@link SyncWindowError}
 */
export function canSync(windows: SyncWindow[], isManual: boolean, now: number): boolean {
  const active = activeWindows(windows, now);
  const letThrough = (closed: SyncWindow[]) => isManual && closed.every(each => each.manualSync);
  const denying = active.filter(({ kind }) => kind === 'deny');
  if (denying.length > 0) return letThrough(denying);
  if (active.length > 0) return true;
  const allowing = windows.filter(({ kind }) => kind === 'allow');
  return allowing.length === 0 || letThrough(allowing);
}

/** Whether its project's windows let an application be synced; one that cannot be read lets nothing through. */
export function letsSync(
  application: Application,
  { spec, project }: { spec: ApplicationSpec; project: ProjectSpec },
  isManual: boolean,
  now: number,
): boolean {
  try {
    return canSync(assignedWindows(application, spec, project), isManual, now);
  } catch (error) {
    if (!(error instanceof SyncWindowError)) throw error;
    return false;
  }
}

function anyMatches(pattern: string, values: Array<string | undefined>): boolean {
  return values.some(value => value !== undefined && globMatches(pattern, value));
}

function nextStart({ schedule, timeZone }: SyncWindow, after: Date): number {
  try {
    const zone = timeZone || 'UTC';
    return new CronTime(schedule, zone).getNextDateFrom(after, zone).toMillis();
  } catch (error) {
    throw new SyncWindowError(`cannot parse schedule '${schedule}': ${(error as Error).message}`);
  }
}
