import { runInNewContext } from 'node:vm';

/**
 * Runs a function that works without pause, and ends it when it takes too long: a schema may come with an expression that
 * needs years for one text.
 *
 * @param milliseconds - that it may take
 * @returns whether it came to its end
 */
export function withinTime(milliseconds: number, run: () => void): boolean {
  try {
    // The only way to end what does not come back by itself; what runs is our own function, in our own context.
    runInNewContext('run()', { run }, { timeout: Math.max(1, Math.ceil(milliseconds)) });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}
