/**
 * Ages are told by the server's clock: that of the browser may be minutes off. Each answer names its time in the header
 * `Date`, in whole seconds (RFC 9110, 6.6.1); in between the browser counts on, by a clock that nobody sets.
 */
let offset: number | undefined;

/**
 * Takes the time of an answer. What is known of the server's clock is only moved as far as the answer demands, so that
 * ages do not jump with how long answers are under way.
 *
 * @param date - the header; nothing follows from one that is missing or cannot be read
 * @param sentAt - `performance.now()` when the request was made
 * @param receivedAt - the same when the answer came
 */
export function observeServerTime(date: string | null, sentAt: number, receivedAt: number): void {
  const time = Date.parse(date ?? '');
  if (Number.isNaN(time)) return;
  const earliest = time - receivedAt;
  const latest = time + 1_000 - sentAt;
  offset = Math.min(latest, Math.max(earliest, offset ?? earliest));
}

/** The time by the server's clock, in milliseconds since 1970; by the browser's until there is an answer. */
export function serverNow(): number {
  return offset === undefined ? Date.now() : offset + performance.now();
}

/** Forgets the server's clock: for tests. */
export function forgetServerTime(): void {
  offset = undefined;
}
