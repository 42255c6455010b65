import { Resource, findResource, hasGroupVersion } from '../model/resources';
import { badRequest } from '../model/statusError';

/** What may be done with a resource; the words of RBAC. */
export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection';

/** A request for objects, taken apart. */
export interface ResourceRequest {
  verb: Verb;
  resource: Resource;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
  /** What follows `/proxy`, without a leading slash. */
  rest: string;
  query: URLSearchParams;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`invalid URL escape in ${JSON.stringify(part)}`);
  }
}

function verbOf(
  method: string,
  name: string | undefined,
  query: URLSearchParams,
): Verb | undefined {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (['1', 'true'].includes(query.get('watch') ?? '')) {
        return 'watch';
      }
      return name ? 'get' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name ? 'delete' : 'deletecollection';
    default:
      return undefined;
  }
}

/**
 * Takes a path such as /apis/apps/v1/namespaces/x/deployments/y/scale apart; undefined when it names no known resource.
 * @throws StatusError 400 for a path that cannot be decoded.
 */
export function parseResourceRequest(method: string, url: URL): ResourceRequest | undefined {
  const parts = url.pathname.split('/').slice(1).map(decode);
  const root = parts.shift();
  if (root !== 'api' && root !== 'apis') {
    return undefined;
  }
  const group = root === 'api' ? '' : parts.shift() ?? '';
  const version = parts.shift() ?? '';
  let namespace: string | undefined;
  // /namespaces/x/pods is in a namespace; /namespaces/x and /namespaces/x/status are the Namespace itself.
  const scoped = parts[0] === 'namespaces' && parts.length > 2;
  if (scoped && !['status', 'finalize'].includes(parts[2])) {
    namespace = parts[1];
    parts.splice(0, 2);
  }
  const [plural, name, subresource, ...rest] = parts;
  const resource = plural ? findResource(group, version, plural) : undefined;
  const verb = verbOf(method, name || undefined, url.searchParams);
  if (!resource || !verb || (namespace !== undefined && !resource.namespaced)) {
    return undefined;
  }
  return {
    verb,
    resource,
    namespace,
    name: name || undefined,
    subresource: subresource || undefined,
    rest: rest.map(encodeURIComponent).join('/'),
    query: url.searchParams,
  };
}

/** Whether a path is one of a group and version that are there, though the resource is not. */
export function namesAbsentResource(pathname: string): boolean {
  const [, group = '', version, plural] =
    /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(?:namespaces\/[^/]+\/)?([^/]+)/.exec(pathname) ?? [];
  return (
    plural !== undefined && hasGroupVersion(group, version) && !findResource(group, version, plural)
  );
}
