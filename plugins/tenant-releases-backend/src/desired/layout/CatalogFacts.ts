import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  entityFacts,
  entitySettings,
  type EntityFacts,
  type EntitySettings,
  type Layout,
  type TenantFacts,
  type Unmatched,
} from '@internal/gitops';
import { isDeepStrictEqual } from 'node:util';
import { RetryLoop } from '../../upstream/RetryLoop';

/** What {@link CatalogFacts} need. */
export interface CatalogFactsOptions {
  auth: AuthService;
  catalog: Pick<CatalogService, 'queryEntities'>;
  logger: LoggerService;
  /** Milliseconds between two looks; default a minute. */
  everyMs?: number;
}

const pageSize = 500;
/** More entities of a kind are not looked through. */
const maxEntities = 50_000;
/** Of a tenant's entity that the portal itself has made: what it says is known already. */
const ownAnnotation = 'tenant-releases.io/tenant';

/** What the catalog says of tenants. While it does not answer, what was known stays. */
export class CatalogFacts {
  readonly #options: CatalogFactsOptions;
  readonly #loop: RetryLoop;
  readonly #settings = new Map<Layout, EntitySettings>();
  #found: ReadonlyMap<Layout, EntityFacts> = new Map();
  #problem: string | undefined;
  #onChange: () => void = () => {};

  /** @param layouts - those without `facts.catalog` ask for nothing */
  constructor(layouts: readonly Layout[], options: CatalogFactsOptions) {
    const { everyMs = 60_000, logger } = options;
    this.#options = options;
    for (const layout of layouts) {
      const settings = entitySettings(layout.settings.facts?.catalog);
      if (settings) this.#settings.set(layout, settings);
    }
    this.#loop = new RetryLoop({
      step: async () => {
        await this.#read();
        return everyMs;
      },
      onError: error => {
        const known = this.#found.size > 0 ? 'those that were known stay' : 'none are known yet';
        const problem = `The catalog does not answer (${error.errorClass}), so that facts of tenants are not read from it: ${known}.`;
        if (this.#problem !== problem) logger.warn(problem);
        this.#problem = problem;
      },
      maxBackoffMs: 30_000,
    });
  }

  /** Another object whenever a fact is another one. */
  get generation(): object {
    return this.#found;
  }

  /** @param onChange - told when facts are others than before */
  start(onChange: () => void): void {
    this.#onChange = onChange;
    if (this.#settings.size > 0) this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** @param tenant - as the repository calls it */
  of(layout: Layout, tenant: string): TenantFacts | undefined {
    return this.#found.get(layout)?.byTenant.get(tenant);
  }

  /** What is wrong with what the catalog says of these. */
  unmatched(isTenant: (layout: Layout, name: string) => boolean): Unmatched[] {
    return [...this.#found].flatMap(([layout, { unmatched }]) =>
      unmatched.filter(({ name }) => isTenant(layout, name)),
    );
  }

  /** For who looks after the portal: why what is known may be old. */
  get problem(): string | undefined {
    return this.#problem;
  }

  async #read(): Promise<void> {
    const kinds = new Set([...this.#settings.values()].map(({ kind }) => kind));
    const ofKind = new Map<string, Entity[]>();
    for (const kind of kinds) ofKind.set(kind, await this.#entitiesOf(kind));
    const found = new Map(
      [...this.#settings].map(([layout, settings]) => [
        layout,
        entityFacts(settings, ofKind.get(settings.kind) ?? []),
      ]),
    );
    this.#problem = undefined;
    if (isDeepStrictEqual([...found.values()], [...this.#found.values()])) return;
    this.#found = found;
    this.#onChange();
  }

  async #entitiesOf(kind: string): Promise<Entity[]> {
    const { auth, catalog } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const entities: Entity[] = [];
    let cursor: string | undefined;
    do {
      const page = await catalog.queryEntities(
        cursor === undefined ? { filter: { kind }, limit: pageSize } : { cursor, limit: pageSize },
        { credentials },
      );
      entities.push(...page.items);
      cursor = page.pageInfo.nextCursor;
    } while (cursor !== undefined && entities.length < maxEntities);
    return entities.filter(({ metadata }) => metadata.annotations?.[ownAnnotation] === undefined);
  }
}
