import type { IncomingMessage } from 'node:http';

/** https://www.rfc-editor.org/rfc/rfc9110#section-15.4: after the others a client may go on with GET. */
const statuses = [307, 308];
const statusesOfGet = [301, 302, ...statuses];

/**
 * Path and query that an answer leads to; `undefined` when it leads nowhere, or to another host or scheme: that one must
 * not get the credentials.
 *
 * @param base - address of the upstream
 */
export function redirectTarget(
  { statusCode = 0, headers }: Pick<IncomingMessage, 'statusCode' | 'headers'>,
  base: URL,
  method: string,
): string | undefined {
  const followed = method === 'GET' ? statusesOfGet : statuses;
  if (!followed.includes(statusCode) || !headers.location) return undefined;
  const next = URL.parse(headers.location, base);
  return next?.origin === base.origin ? next.pathname + next.search : undefined;
}
