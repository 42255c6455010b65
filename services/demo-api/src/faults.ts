import { logNormalDuration, work, type Random } from './work';

/** A failure that was asked for by FAULT_RATIO. */
export class InjectedFault extends Error {
  override name = 'InjectedFault';
}

const failures = [
  'order store did not answer in time',
  'connection to the order store was reset',
  'order store has no free connection',
];

/**
 * Fails the given share of calls, as a dependency in trouble does: late, and with an error.
 *
 * @returns a function that does nothing or, after some tenths of a second, throws InjectedFault
 */
export function createFaults(ratio: number, random: Random): () => Promise<void> {
  return async () => {
    if (random() >= ratio) return;
    await work(logNormalDuration(180, random));
    throw new InjectedFault(failures[Math.floor(random() * failures.length)]);
  };
}
