import type { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FindUser } from './Memberships';

/** Milliseconds for the catalog's answer. */
const answerMs = 5_000;

/**
 * Asks the catalog with the rights of this plugin, not of the person: the policy that decides what a person may read
 * cannot be a condition for its own answer.
 */
export function findUserIn(discovery: DiscoveryService, auth: AuthService): FindUser {
  return async userEntityRef => {
    const { namespace, name } = parseEntityRef(userEntityRef);
    const [baseUrl, { token }] = await Promise.all([
      discovery.getBaseUrl('catalog'),
      auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'catalog',
      }),
    ]);
    const path = ['entities', 'by-name', 'user', namespace, name].map(encodeURIComponent).join('/');
    const response = await fetch(`${baseUrl}/${path}`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(answerMs),
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return (await response.json()) as Entity;
  };
}
