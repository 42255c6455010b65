import type { IncomingMessage } from 'node:http';

const statuses = [301, 302, 307, 308];

/**
 * Path and query that an answer leads to; `undefined` when it leads nowhere, or to another host or scheme: that one must
 * not get the credentials.
 *
 * @param base - address of the upstream
 */
export function redirectTarget(
  { statusCode = 0, headers }: Pick<IncomingMessage, 'statusCode' | 'headers'>,
  base: URL,
): string | undefined {
  if (!statuses.includes(statusCode) || !headers.location) return undefined;
  const next = URL.parse(headers.location, base);
  return next?.origin === base.origin ? next.pathname + next.search : undefined;
}
