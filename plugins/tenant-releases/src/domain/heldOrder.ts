/** What is on the screen and what would be there if the order were made anew. */
export interface HeldOrder {
  /** Keys as they are shown. */
  keys: readonly string[];
  /** How many rows would come, go or move. */
  changes: number;
}

/** Length of the longest increasing subsequence (patience sorting), the positions being all different. */
function longestRun(positions: readonly number[]): number {
  const tails: number[] = [];
  for (const position of positions) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (tails[middle] < position) low = middle + 1;
      else high = middle;
    }
    tails[low] = position;
  }
  return tails.length;
}

/**
 * How many rows come, go or move between two orders. Of those that are in both, the fewest are counted that have to
 * move: when one row goes from the top to the bottom, that is one and not all the others.
 */
export function countMoves(shown: readonly string[], wanted: readonly string[]): number {
  const places = new Map(wanted.map((key, index) => [key, index]));
  const stay = shown.flatMap(key => places.get(key) ?? []);
  return (
    shown.length - stay.length + (wanted.length - stay.length) + stay.length - longestRun(stay)
  );
}

/** Whether two orders are the same. */
export function isSameOrder(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}

/**
 * Keeps the order while somebody points at a row or is in it with the keyboard, so that it does not jump away; what
 * comes new waits.
 *
 * @param shown - keys on the screen; `undefined` at first, or when the reader has chosen another view
 * @param wanted - keys in the order of the view
 */
export function holdOrder(
  shown: readonly string[] | undefined,
  wanted: readonly string[],
  isHeld: boolean,
): HeldOrder {
  if (!shown || !isHeld || isSameOrder(shown, wanted)) return { keys: wanted, changes: 0 };
  return { keys: shown, changes: countMoves(shown, wanted) };
}
