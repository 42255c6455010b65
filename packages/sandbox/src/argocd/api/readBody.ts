import { IncomingMessage } from 'node:http';

/** No request of this API comes near this size; bytes. */
const maximumSize = 10 * 1024 * 1024;

/** The whole body of a request. @throws Error when it is too large. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximumSize) throw new Error('the request body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
