/**
 * Runs tasks, at most `limit` at a time, in the order in which they come.
 *
 * @returns a function that runs a task when its turn comes, and answers what it answers
 */
export function limitConcurrency(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  let free = limit;
  const waiting: Array<() => void> = [];
  return async task => {
    if (free > 0) free -= 1;
    else await new Promise<void>(resolve => waiting.push(resolve));
    try {
      return await task();
    } finally {
      // The place is handed on, so that nobody who comes now takes it in between.
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
