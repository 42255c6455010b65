import type { AuthService } from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { TenantServiceResource } from '@internal/plugin-tenant-releases-node';
import { LRUCache } from 'lru-cache';
import { answerMs, inTime } from '../upstream/inTime';

/** As long as the policy goes by what it knows of a person's groups. Milliseconds. */
const keptMs = 10_000;

/** Who owns services, as their Components in the catalog say. */
export class ServiceOwners {
  readonly #known: LRUCache<string, TenantServiceResource>;

  constructor({ auth, catalog }: { auth: AuthService; catalog: CatalogService }) {
    this.#known = new LRUCache<string, TenantServiceResource>({
      max: 1_000,
      ttl: keptMs,
      fetchMethod: async service => {
        const credentials = await auth.getOwnServiceCredentials();
        const entity = await catalog.getEntityByRef(`component:default/${service}`, {
          credentials,
        });
        const owners = (entity?.relations ?? [])
          .filter(({ type }) => type === RELATION_OWNED_BY)
          .map(({ targetRef }) => targetRef);
        return { service, owners };
      },
    });
  }

  /** @throws ServiceUnavailableError when the catalog does not answer: nobody is let in by an outage */
  async resource(service: string): Promise<TenantServiceResource> {
    const asked = this.#known.fetch(service);
    const found = await inTime(asked, Date.now() + answerMs).catch(() => undefined);
    if (found) return found;
    throw new ServiceUnavailableError(
      'The catalog does not answer, so nobody knows who owns the service',
    );
  }
}
