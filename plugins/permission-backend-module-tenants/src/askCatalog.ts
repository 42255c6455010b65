import type { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FindUser } from './Memberships';
import type { FindPeople } from './VisiblePeople';

/** Milliseconds for the catalog's answer. */
const answerMs = 5_000;

/** All that is asked of people and groups. */
const fields = ['kind', 'metadata.namespace', 'metadata.name', 'metadata.uid', 'relations'];

/**
 * Asks the catalog with the rights of this plugin, not of the person: the policy that decides what a person may read
 * cannot be a condition for its own answer.
 */
export function askCatalog(
  discovery: DiscoveryService,
  auth: AuthService,
): { findUser: FindUser; findPeople: FindPeople } {
  const ask = async (path: string, body?: object) => {
    const [baseUrl, { token }] = await Promise.all([
      discovery.getBaseUrl('catalog'),
      auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'catalog',
      }),
    ]);
    return fetch(`${baseUrl}/${path}`, {
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      method: body ? 'POST' : 'GET',
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(answerMs),
    });
  };
  const read = async <T>(response: Response): Promise<T> => {
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  };
  return {
    async findUser(userEntityRef) {
      const { namespace, name } = parseEntityRef(userEntityRef);
      const path = ['entities', 'by-name', 'user', namespace, name].map(encodeURIComponent);
      const response = await ask(path.join('/'));
      return response.status === 404 ? undefined : read<Entity>(response);
    },
    async findPeople(entityRefs, groups) {
      const filter = ['kind=user', ...groups.map(group => `relations.memberOf=${group}`)].join();
      const query = new URLSearchParams({ filter, fields: fields.join() });
      const [named, members] = await Promise.all([
        ask('entities/by-refs', { entityRefs, fields }).then(read<{ items: Array<Entity | null> }>),
        groups.length > 0 ? ask(`entities?${query}`).then(read<Entity[]>) : [],
      ]);
      return [...named.items, ...members].filter(entity => entity !== null);
    },
  };
}
