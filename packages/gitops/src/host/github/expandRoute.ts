import { encodedPath } from '../../http/encodedPath';

/** A call of the REST API. */
export interface ExpandedRoute {
  method: string;
  path: string;
  /** Parameters that are not in the path. */
  rest: Record<string, unknown>;
}

/**
 * A route with its parameters put in, each as one segment.
 *
 * @param route - as in GitHub's reference: `GET /repos/{owner}/{repo}/pulls`
 * @throws UpstreamError for what can be no segment of a path
 */
export function expandRoute(route: string, parameters: Record<string, unknown>): ExpandedRoute {
  const [method, template] = route.split(' ', 2);
  const rest = { ...parameters };
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    delete rest[name];
    return encodedPath`${String(parameters[name] ?? '')}`;
  });
  return { method, path, rest };
}
