import { CommandError } from '../commands/commandError';
import { ManagedProcess } from './managedProcess';
import { untilPortalAnswers } from './portalReady';
import { startupFailure } from './startupFailure';

/** What {@link runPortal} needs. */
export interface PortalRun {
  /** Where the portal answers. */
  url: string;
  /** Aborted when everything is to end. */
  ending: AbortSignal;
  print: (line: string) => void;
  /** Takes each line that the portal writes. */
  line: (line: string) => void;
  /** The portal's last lines. */
  tail: () => string[];
  /** Is called when the portal is ready for the first time. */
  onReady: () => Promise<void>;
}

/**
 * Starts the portal and watches over it until the end is asked for; stopping it is the caller's. Throws a
 * {@link CommandError} with the reason when it cannot start.
 */
export async function runPortal(portal: ManagedProcess, run: PortalRun): Promise<void> {
  const failed = new Promise<never>((_, reject) => {
    portal.once('ended', ({ code, signal }) => {
      const why = startupFailure(run.tail()) ?? 'see the lines above';
      reject(
        new CommandError(`The portal did not start (${signal ?? `exit code ${code}`}): ${why}`),
      );
    });
  });
  let wasReady = false;
  let life = new AbortController();
  const watch = async (signal: AbortSignal) => {
    if (!(await untilPortalAnswers(run.url, signal))) return;
    portal.markReady();
    if (wasReady) run.print(`Portal ready again: ${run.url}`);
    else await run.onReady();
    wasReady = true;
  };
  portal.on('line', run.line);
  portal.on('state', state => {
    if (state === 'crashed' || state === 'stopped') life.abort();
    if (state !== 'starting') return;
    life = new AbortController();
    watch(AbortSignal.any([run.ending, life.signal])).catch(error => run.print(String(error)));
  });
  portal.start();
  await Promise.race([aborted(run.ending), failed]);
}

/** Resolves when a signal is given. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
