import { IncomingMessage } from 'node:http';

/** No form here is longer, in bytes. */
const longest = 4096;

/**
 * The fields of a submitted form (application/x-www-form-urlencoded).
 * @throws Error when it is longer than any form here
 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > longest) throw new Error('the form is too long');
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}
