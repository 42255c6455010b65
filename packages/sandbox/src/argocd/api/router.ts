import { IncomingMessage, ServerResponse } from 'node:http';
import { Account } from './accounts';

/** A request that a route was found for. */
export interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  /** The parts of the path that the pattern names, decoded. */
  parameters: Record<string, string>;
  query: URLSearchParams;
  /** Who calls; for public routes the administrator's and the portal's tokens count too, but none is needed. */
  account?: Account;
  /** The body as parsed JSON; undefined when there is none. */
  body(): Promise<unknown>;
}

/** One operation of the API. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** For example `/api/v1/applications/{name}`. */
  pattern: string;
  /** Answered without a token, too. */
  public?: boolean;
  /** Answers the JSON of the response; undefined when the route wrote the response itself. */
  handle(call: Call): Promise<unknown>;
}

/**
 * Finds the route of a request. Like grpc-gateway it decodes the path before it takes it apart, so an encoded slash in a
 * name makes two segments and usually finds nothing.
 * @returns the route, or whether the path exists with another method.
 * @throws URIError for a malformed escape.
 */
export function findRoute(
  routes: Route[],
  method: string,
  path: string,
): { route: Route; parameters: Record<string, string> } | 'method-not-allowed' | undefined {
  const segments = decodeURIComponent(path).split('/');
  let otherMethod = false;
  for (const route of routes) {
    const parameters = matchPattern(route.pattern.split('/'), segments);
    if (!parameters) continue;
    if (route.method === method) return { route, parameters };
    otherMethod = true;
  }
  return otherMethod ? 'method-not-allowed' : undefined;
}

function matchPattern(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at];
    if (part.startsWith('{')) {
      if (!segment) return undefined;
      parameters[part.slice(1, -1)] = segment;
    } else if (part !== segment) return undefined;
  }
  return parameters;
}

/** The path as Go's ServeMux cleans it; another one than the given is answered with a redirect. */
export function cleanPath(path: string): string {
  const cleaned: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') cleaned.pop();
    else if (segment && segment !== '.') cleaned.push(segment);
  }
  const text = `/${cleaned.join('/')}`;
  return path.endsWith('/') && text !== '/' ? `${text}/` : text;
}
