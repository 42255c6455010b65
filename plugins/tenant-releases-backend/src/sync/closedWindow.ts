import type { ClosedWindow } from '@internal/plugin-tenant-releases-common';
import { CronTime } from 'cron';
import type { ProjectWindows, SyncWindow, SyncWindows } from './syncWindowSchemas';

/** Starts of a window that are looked through for the one that is open. */
const maxStarts = 1_500;

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
  const zoned = (window: SyncWindow) => withTimeZone(window, project);
  const denying = active.filter(({ kind }) => kind === 'deny').map(zoned);
  if (denying.length > 0) {
    const [last] = latest(denying.map(window => ({ window, time: endOf(window, now) })));
    return closed('deny', last.window, last.time);
  }
  const allowing = assigned.filter(({ kind }) => kind === 'allow').map(zoned);
  if (allowing.length === 0 || active.some(({ kind }) => kind === 'allow')) return undefined;
  const [first] = latest(
    allowing.map(window => ({ window, time: nextStart(window, now) })),
  ).reverse();
  return closed('allow', first.window, first.time);
}

interface Timed {
  window: SyncWindow;
  time: Date | undefined;
}

/** The last one first; those without a time at the end. */
function latest(windows: Timed[]): Timed[] {
  const time = ({ time: at }: Timed) => at?.getTime() ?? -Infinity;
  return [...windows].sort((a, b) => time(b) - time(a));
}

function closed(
  kind: ClosedWindow['kind'],
  { schedule }: SyncWindow,
  time: Date | undefined,
): ClosedWindow {
  const until = time?.toISOString().replace('.000Z', 'Z');
  return { kind, schedule: schedule.slice(0, 60), ...(until ? { until } : {}) };
}

/** The answer about the Application leaves the time zone out; the project has it. */
function withTimeZone(window: SyncWindow, project: ProjectWindows | undefined): SyncWindow {
  if (window.timeZone !== undefined || !project) return window;
  const same = project.spec.syncWindows?.find(
    ({ kind, schedule, duration }) =>
      kind === window.kind && schedule === window.schedule && duration === window.duration,
  );
  return { ...window, timeZone: same?.timeZone || 'UTC' };
}

function cronOf({ schedule, timeZone }: SyncWindow): CronTime | undefined {
  // Without the project nobody knows the zone, and a wrong hour is worse than none.
  if (timeZone === undefined || timeZone === null) return undefined;
  try {
    return new CronTime(schedule, timeZone || 'UTC');
  } catch {
    // A schedule that only Argo CD can read.
    return undefined;
  }
}

function nextStart(window: SyncWindow, after: Date): Date | undefined {
  try {
    return cronOf(window)
      ?.getNextDateFrom(after, window.timeZone ?? 'UTC')
      .toJSDate();
  } catch {
    // A date that never comes.
    return undefined;
  }
}

/** The end of the opening that lasts longest from now on. */
function endOf(window: SyncWindow, now: Date): Date | undefined {
  const length = durationMs(window.duration);
  if (length === undefined) return undefined;
  let end: Date | undefined;
  let start = nextStart(window, new Date(now.getTime() - length));
  for (let count = 0; start && start <= now && count < maxStarts; count += 1) {
    end = new Date(start.getTime() + length);
    start = nextStart(window, start);
  }
  return end;
}

const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000 };

/** Go's form: https://pkg.go.dev/time#ParseDuration */
function durationMs(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?[hms])+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit],
    0,
  );
}
