import { randomUUID } from 'node:crypto';

/** What a caller may send as X-Request-Id: it ends up in logs and in the answer's headers. */
const acceptable = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's request id if it is harmless, else a new one. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && acceptable.test(header) ? header : randomUUID();
}
