import { IncomingMessage } from 'node:http';
import { parse } from 'yaml';
import { JsonObject, isJsonObject } from '../model/json';
import { StatusError, badRequest, unsupportedMediaType } from '../model/statusError';

/** As large as the real API server takes; bytes. */
const limit = 3 * 1024 * 1024;

/** The media type of a request without its parameters; undefined when it names none. */
export function mediaType(request: IncomingMessage): string | undefined {
  return request.headers['content-type']?.split(';')[0].trim().toLowerCase() || undefined;
}

/** The whole body as text. @throws StatusError 413. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${limit}`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** JSON or YAML text as a value. @throws StatusError 400. */
export function parseText(text: string, yaml: boolean): unknown {
  try {
    return yaml ? parse(text) : JSON.parse(text);
  } catch (error) {
    throw badRequest(
      `error decoding the body: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    );
  }
}

/** The object in the body of a POST or PUT. @throws StatusError 400, 413, 415. */
export async function readObject(request: IncomingMessage): Promise<JsonObject> {
  const type = mediaType(request) ?? 'application/json';
  if (!['application/json', 'application/yaml'].includes(type)) {
    throw unsupportedMediaType(['application/json', 'application/yaml']);
  }
  const value = parseText(await readText(request), type === 'application/yaml');
  if (!isJsonObject(value)) {
    throw badRequest('the object provided is unrecognized: it is not an object');
  }
  return value;
}
