import type { AuthService, DiscoveryService, LoggerService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { apiRoutes, type ReleaseList } from '@internal/plugin-tenant-releases-common';
import type { GitopsConfig } from '@internal/gitops';
import { isDeepStrictEqual } from 'node:util';
import { releaseEntities, releaseFields } from './releaseEntities';

/** Rows of one answer. */
const pageSize = 500;
/** Milliseconds within which one answer has to come. */
const deadlineMs = 30_000;

/** What a {@link ReleaseEntityProvider} needs. */
export interface ReleaseEntityProviderOptions {
  auth: AuthService;
  discovery: DiscoveryService;
  logger: LoggerService;
  /** Names the repository, so that another one takes the entities over. */
  repository: string;
  /** The repository of our own layout, where there is one too: its tenants are another provider's. */
  own?: Pick<GitopsConfig, 'fileUrl'>;
  /** Calls the function now and then; started once the catalog can take entities. */
  repeat: (fn: () => Promise<void>) => Promise<void>;
}

/**
 * Keeps the catalog's tenants equal to those that the layouts of `tenantReleases.gitops` find. The tenant-releases plugin
 * is asked, so that catalog and fleet never differ on who the tenants are.
 *
 * While it does not answer, cannot read a row, or knows of no tenant, the catalog keeps what it has.
 */
export class ReleaseEntityProvider implements EntityProvider {
  readonly #options: ReleaseEntityProviderOptions;
  #connection: EntityProviderConnection | undefined;
  #known: ReturnType<typeof releaseEntities> = [];
  #last: Promise<void> = Promise.resolve();
  #failure: string | undefined;

  constructor(options: ReleaseEntityProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return this.#options.own ? 'layout-tenants' : 'tenants';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.repeat(() => this.refresh());
  }

  /** Asks for all releases and hands their tenants to the catalog if they changed; one look after the other. Never rejects. */
  refresh(): Promise<void> {
    this.#last = this.#last.then(async () => {
      try {
        await this.#refreshOnce();
        this.#report(undefined);
      } catch (error) {
        this.#report(error instanceof Error ? error.message : String(error));
      }
    });
    return this.#last;
  }

  async #refreshOnce(): Promise<void> {
    const { logger, repository, own } = this.#options;
    if (!this.#connection) return;
    const releases = await this.#releases();
    const entities = releaseEntities(own ? withoutOwn(releases, own) : releases);
    if (entities.length === 0) throw new Error('no file in Git names a tenant');
    if (isDeepStrictEqual(entities, this.#known)) return;
    await this.#connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity, locationKey: `tenants:${repository}` })),
    });
    this.#known = entities;
    logger.info(`Took over ${entities.length} tenants that layouts find`);
  }

  async #releases(): Promise<ReleaseList['items']> {
    const { auth, discovery } = this.#options;
    const base = await discovery.getBaseUrl('tenant-releases');
    const items: ReleaseList['items'] = [];
    let cursor: string | undefined;
    do {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'tenant-releases',
      });
      const query = new URLSearchParams({ limit: String(pageSize), fields: releaseFields.join() });
      if (cursor) query.set('cursor', cursor);
      const response = await fetch(`${base}${apiRoutes.listReleases.path}?${query}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(deadlineMs),
      });
      if (!response.ok) throw await ResponseError.fromResponse(response);
      const page = apiRoutes.listReleases.answer.parse(await response.json());
      // Whoever is missing in the list would be taken out of the catalog.
      if (page.unreadable) throw new Error(`${page.unreadable} releases cannot be read`);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  #report(failure: string | undefined): void {
    if (failure === this.#failure) return;
    this.#failure = failure;
    const { logger } = this.#options;
    if (failure) {
      logger.warn(
        `The tenants of layouts are not known; the catalog keeps what it has: ${failure}`,
      );
    } else {
      logger.info('The tenants of layouts are known again');
    }
  }
}

/** Releases of tenants that have no file of our own layout: an entity is one provider's. */
function withoutOwn(
  releases: ReleaseList['items'],
  own: Pick<GitopsConfig, 'fileUrl'>,
): ReleaseList['items'] {
  const root = own.fileUrl('');
  const tenants = new Set(
    releases.flatMap(({ tenant, links }) => (links?.values?.startsWith(`${root}/`) ? tenant : [])),
  );
  return releases.filter(({ tenant }) => !tenants.has(tenant));
}
