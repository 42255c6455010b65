import type { HttpRouterService } from '@backstage/backend-plugin-api';

/** Express' own handler; its types come with the router service. */
export type Handler = Extract<
  Parameters<HttpRouterService['use']>[0],
  (...parameters: never[]) => unknown
>;
type Request = Parameters<Handler>[0];
type Response = Parameters<Handler>[1];

/** No query is longer, in bytes. */
const longestBody = 1024 * 1024;

/**
 * The JSON body of a request, put where Express' own parser puts it, so that later handlers find it there.
 *
 * @throws InputError when it is no JSON, or too long
 */
export async function readBody(request: Request): Promise<unknown> {
  const parsed = request as Request & { _body?: boolean };
  // eslint-disable-next-line no-underscore-dangle
  if (parsed._body) return request.body;
  if (!/\bjson\b/.test(request.headers['content-type'] ?? '')) return undefined;
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > longestBody) throw inputError('The body is too long');
    parts.push(part);
  }
  try {
    request.body = JSON.parse(Buffer.concat(parts).toString('utf8') || '{}');
  } catch {
    throw inputError('The body is no JSON');
  }
  // How Express' parser marks a body that has been read: https://github.com/expressjs/body-parser
  // eslint-disable-next-line no-underscore-dangle
  parsed._body = true;
  return request.body;
}

/** An error that Backstage answers with 400. */
export function inputError(message: string): Error {
  return Object.assign(new Error(message), { name: 'InputError' });
}

/**
 * Lets a JSON answer pass through `change` before it is sent. Headers that describe what it was are left out.
 *
 * @param onError - is called instead of sending when `change` fails
 */
export function changeAnswer(
  response: Response,
  change: (answer: unknown) => Promise<void>,
  onError: (error: Error) => void,
): void {
  const { write, end, flushHeaders } = response;
  const parts: Buffer[] = [];
  const take = (part: unknown, encoding: unknown) => {
    if (typeof part === 'string') {
      const known = typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8';
      parts.push(Buffer.from(part, known));
    } else if (part instanceof Uint8Array) parts.push(Buffer.from(part));
  };
  const send = async () => {
    Object.assign(response, { write, end, flushHeaders });
    const text = Buffer.concat(parts);
    if (!/\bjson\b/.test(String(response.getHeader('content-type') ?? '')) || text.length === 0) {
      response.end(text);
      return;
    }
    const answer: unknown = JSON.parse(text.toString('utf8'));
    await change(answer);
    response.removeHeader('etag');
    response.removeHeader('content-length');
    response.end(JSON.stringify(answer));
  };
  response.flushHeaders = () => {};
  response.write = ((part: unknown, encoding: unknown) => {
    take(part, encoding);
    return true;
  }) as typeof response.write;
  response.end = ((part: unknown, encoding: unknown) => {
    take(part, encoding);
    send().catch(onError);
    return response;
  }) as typeof response.end;
}
