import { timingSafeEqual } from 'node:crypto';
import { qualifiedName } from '../model/resources';
import { StatusError, unauthorized } from '../model/statusError';
import { ResourceRequest, Verb } from './requestInfo';

/** Somebody who has shown a token. */
export interface User {
  name: string;
  groups: string[];
  /** May do everything. */
  administrator: boolean;
}

/** The bearer tokens that open the API. */
export interface ApiTokens {
  /** The portal's service account: reads, nothing else, and no secrets. */
  kubernetes: string;
  kubernetesAdmin: string;
}

const portal: User = {
  name: 'system:serviceaccount:portal:portal',
  groups: ['system:serviceaccounts', 'system:serviceaccounts:portal', 'system:authenticated'],
  administrator: false,
};
const administrator: User = {
  name: 'kubernetes-admin',
  groups: ['system:masters', 'system:authenticated'],
  administrator: true,
};

function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

function tokenIn(header: string): string | undefined {
  const [, scheme, credentials] = /^(Bearer|Basic)\s+(\S+)$/i.exec(header) ?? [];
  return scheme?.toLowerCase() === 'basic'
    ? Buffer.from(credentials, 'base64').toString('utf8').split(':')[1]
    : credentials;
}

/**
 * Whose token an Authorization header carries. kubectl sends no bearer token over plain HTTP, but it sends what stands in
 * the server's URL: there the token is the password, whatever the user name.
 * @throws StatusError 401.
 */
export function authenticate(header: string | undefined, tokens: ApiTokens): User {
  const token = tokenIn(header ?? '');
  if (token && sameText(token, tokens.kubernetesAdmin)) {
    return administrator;
  }
  if (token && sameText(token, tokens.kubernetes)) {
    return portal;
  }
  throw unauthorized();
}

const readVerbs: Verb[] = ['get', 'list', 'watch'];
const readSubresources = [undefined, 'log', 'status', 'scale'];

type Access = Pick<ResourceRequest, 'verb' | 'resource' | 'namespace' | 'name' | 'subresource'>;

/** Whether RBAC would let a user do it. */
export function isAllowed(
  user: User,
  access: { verb: string; plural: string; subresource: string | undefined },
): boolean {
  return (
    user.administrator ||
    (readVerbs.some(verb => verb === access.verb) &&
      access.plural !== 'secrets' &&
      readSubresources.includes(access.subresource))
  );
}

/** @throws StatusError 403 in the words of the RBAC authorizer. */
export function authorize(user: User, access: Access): void {
  const { verb, resource, namespace, name, subresource } = access;
  if (isAllowed(user, { verb, plural: resource.plural, subresource })) {
    return;
  }
  const path = subresource ? `${resource.plural}/${subresource}` : resource.plural;
  const where =
    namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const what = name ? `${qualifiedName(resource)} "${name}"` : qualifiedName(resource);
  throw new StatusError(
    403,
    'Forbidden',
    `${what} is forbidden: User "${user.name}" cannot ${verb} resource "${path}" in API group "${resource.group}" ${where}`,
    {
      ...(name ? { name } : {}),
      ...(resource.group ? { group: resource.group } : {}),
      kind: resource.plural,
    },
  );
}
