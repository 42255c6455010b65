import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** A registry over HTTP that has the images it is given, and notes what it is asked. */
export interface TestRegistry {
  url: string;
  /** `repository:tag`. */
  images: Set<string>;
  /** `METHOD path [scheme of the authorization]`, in their order. */
  requests: string[];
  /** Answers in place of the registry: true when it did. */
  instead?: (request: IncomingMessage, response: ServerResponse) => boolean;
  close(): Promise<void>;
}

/** The digest of an image of a {@link TestRegistry}. */
export function testDigest(image: string): string {
  return `sha256:${createHash('sha256').update(image).digest('hex')}`;
}

/** Starts a {@link TestRegistry}. */
export async function testRegistry(...images: string[]): Promise<TestRegistry> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const registry: TestRegistry = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    images: new Set(images),
    requests: [],
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const [scheme] = (request.headers.authorization ?? '').split(' ');
    registry.requests.push([request.method, request.url, scheme].filter(Boolean).join(' '));
    if (!registry.instead?.(request, response)) answer(registry, request, response);
  });
  return registry;
}

function answer({ images }: TestRegistry, { url = '' }: IncomingMessage, response: ServerResponse) {
  const [, repository, reference] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url) ?? [];
  const image = [...images].find(
    one =>
      one === `${repository}:${reference}` ||
      (one.startsWith(`${repository}:`) && testDigest(one) === reference),
  );
  if (image === undefined) {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN' }] }));
    return;
  }
  response.writeHead(200, {
    'content-type': manifestType,
    'docker-content-digest': testDigest(image),
  });
  response.end('{}');
}
