import type { ClosedWindow } from '../join/releaseParts';
import type { ProjectWindows, SyncWindow, SyncWindows } from './syncWindowSchemas';
import { endOf, nextStart } from './windowTimes';

/**
 * The window that keeps an Application from being synced by itself; undefined when none does. Which windows are meant for
 * it, and which of them are open, is Argo CD's word; when it may be synced again follows from the schedule:
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/
 */
export function closedWindow(
  { windows, project }: { windows: SyncWindows; project?: ProjectWindows },
  now: Date,
): ClosedWindow | undefined {
  const assigned = windows.assignedWindows ?? [];
  const active = windows.activeWindows ?? [];
  const denying = active.filter(({ kind }) => kind === 'deny');
  if (denying.length > 0) {
    return closed('deny', denying, window => endOf(window, now), Math.max);
  }
  const allowing = assigned.filter(({ kind }) => kind === 'allow');
  if (allowing.length === 0 || active.some(({ kind }) => kind === 'allow')) return undefined;
  return closed('allow', allowing, window => nextStart(window, now), Math.min);

  function closed(
    kind: ClosedWindow['kind'],
    candidates: SyncWindow[],
    timeOf: (window: SyncWindow & { timeZone: string }) => Date | undefined,
    choose: (...times: number[]) => number,
  ): ClosedWindow {
    const timed = candidates.map(window => {
      const timeZone = timeZoneOf(window, project);
      // Without the project nobody knows the zone, and a wrong hour is worse than none.
      const time = timeZone === undefined ? undefined : timeOf({ ...window, timeZone });
      return { window, time: time?.getTime() };
    });
    // One of which nothing can be told may close later, or open sooner, than all others.
    const untold = timed.find(({ time }) => time === undefined);
    const at = choose(...timed.flatMap(({ time }) => time ?? []));
    const { window, time } = untold ?? timed.find(({ time: each }) => each === at)!;
    const until =
      time === undefined ? {} : { until: new Date(time).toISOString().replace('.000Z', 'Z') };
    return { kind, schedule: window.schedule.slice(0, 60), ...until };
  }
}

/** The answer about the Application leaves the time zone out; the project has it. */
function timeZoneOf(window: SyncWindow, project: ProjectWindows | undefined): string | undefined {
  if (typeof window.timeZone === 'string') return window.timeZone || 'UTC';
  const same = (project?.spec.syncWindows ?? []).filter(
    ({ kind, schedule, duration }) =>
      kind === window.kind && schedule === window.schedule && duration === window.duration,
  );
  // A window that the project does not have is one of a global project.
  const zones = new Set(same.map(({ timeZone }) => timeZone || 'UTC'));
  return zones.size === 1 ? [...zones][0] : undefined;
}
