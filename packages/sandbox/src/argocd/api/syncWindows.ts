import { Application, SyncWindow } from '../application';
import { activeWindows, assignedWindows, canSync, SyncWindowError } from '../project/syncWindows';
import { ApiError } from './apiError';
import { ApiContext } from './context';

/** `GET syncwindows`: the windows that are meant for an application, and those that are open. */
export function syncWindows(application: Application, { controller }: ApiContext): unknown {
  const parsed = controller.parse(application);
  if ('errors' in parsed) return { canSync: true };
  const now = Date.now();
  try {
    const assigned = assignedWindows(application, parsed.spec, parsed.project);
    return {
      ...shown('activeWindows', activeWindows(assigned, now)),
      ...shown('assignedWindows', assigned),
      canSync: canSync(assigned, true, now),
    };
  } catch (error) {
    if (!(error instanceof SyncWindowError)) throw error;
    throw new ApiError('unknown', `invalid sync windows: ${error.message}`);
  }
}

/** The real one leaves an empty list out, and of a window its time zone. */
function shown(name: string, windows: SyncWindow[]) {
  const items = windows.map(({ kind, schedule, duration, manualSync = false }) => ({
    kind,
    schedule,
    duration,
    manualSync,
  }));
  return items.length > 0 ? { [name]: items } : {};
}
