import { formatCount } from './summary';

/**
 * Says in a sentence about many releases that not all of it is known to be so now.
 *
 * @param stale - how many of them are from before a source went away
 * @param all - how many there are
 */
export function qualifySentence(sentence: string, stale: number, all: number): string {
  if (stale === 0) return sentence;
  if (stale >= all) return `Last known: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
  const rows = stale === 1 ? 'row is' : 'rows are';
  return `${sentence} ${formatCount(stale)} ${rows} last known.`;
}
