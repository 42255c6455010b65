import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ResourceEntity } from '@backstage/catalog-model';
import type { EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import type { GitopsConfig } from '@internal/gitops';
import type { TreeReader } from '@internal/plugin-tenant-releases-node';
import type { LoadLastGood } from './lastGoodEntities';
import { readTenantFiles } from './readTenantFiles';
import { ANNOTATION_FILE_ERROR } from './tenantEntity';
import { tenantEntities } from './tenantEntities';

/**
 * Keeps the catalog's tenants equal to the tenant files on the branch.
 *
 * While the repository cannot be read, the catalog keeps what it has: an outage never removes a tenant. For the same
 * reason the last tenant of all is not removed either, since a branch without tenant files looks like a wrong path.
 */
export class TenantEntityProvider implements EntityProvider {
  private connection?: EntityProviderConnection;
  private etag?: string;
  /** By name; absent until it is known what the catalog held when this process started. */
  private lastGood?: Map<string, ResourceEntity>;
  private running?: Promise<void>;
  private again = false;
  private lastFailure?: string;

  constructor(
    private readonly options: {
      urlReader: TreeReader;
      gitops: GitopsConfig;
      /** The service that a tenant runs when its file's path does not name it. */
      service: string;
      logger: LoggerService;
      loadLastGood: LoadLastGood;
      /** Calls the function now and then; started once the catalog can take entities. */
      repeat: (fn: () => Promise<void>) => Promise<void>;
    },
  ) {}

  getProviderName(): string {
    return 'tenants';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
    await this.options.repeat(() => this.refresh());
  }

  /**
   * Reads the branch and, if it moved, hands its tenants to the catalog. Asked again while it runs, it runs once more
   * afterwards. Never rejects: a failure is logged once, and again when it changes or ends.
   */
  refresh(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.refreshUntilQuiet().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async refreshUntilQuiet(): Promise<void> {
    do {
      this.again = false;
      try {
        await this.refreshOnce();
        this.report(undefined);
      } catch (error) {
        this.report(error instanceof Error ? error.message : String(error));
      }
    } while (this.again);
  }

  private async refreshOnce(): Promise<void> {
    const { urlReader, gitops, logger } = this.options;
    // A push may come before the catalog is ready; the first round of the schedule will see what it brought.
    if (!this.connection) return;
    const answer = await readTenantFiles(urlReader, gitops, this.etag).catch(error => {
      if (error instanceof Error && error.name === 'NotModifiedError') return undefined;
      throw error;
    });
    if (!answer) return;
    const broken = answer.files.filter(file => !file.result.ok);
    const lastGood =
      this.lastGood ?? (broken.length > 0 ? await this.options.loadLastGood() : new Map());
    const entities = tenantEntities(answer.files, gitops, lastGood, this.options.service);
    await this.connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({
        entity,
        locationKey: `tenants:${gitops.repository.url}`,
      })),
    });
    this.etag = answer.etag;
    this.lastGood = new Map(
      entities.flatMap(entity =>
        entity.metadata.labels ? [[entity.metadata.name, withoutError(entity)]] : [],
      ),
    );
    for (const { path, result } of broken) {
      if (!result.ok)
        logger.warn(`Tenant file ${path} cannot be read: ${result.problems.join('; ')}`);
    }
    logger.info(
      `Read ${answer.files.length} tenant files at ${answer.etag.slice(0, 7)}, ${
        broken.length
      } unreadable`,
    );
  }

  private report(failure: string | undefined): void {
    if (failure === this.lastFailure) return;
    const where = `${this.options.gitops.repository.url}, branch ${this.options.gitops.branch}`;
    if (failure) {
      this.options.logger.warn(
        `Cannot read the tenants of ${where}; the catalog keeps what it has: ${failure}`,
      );
    } else {
      this.options.logger.info(`The tenants of ${where} can be read again`);
    }
    this.lastFailure = failure;
  }
}

function withoutError(entity: ResourceEntity): ResourceEntity {
  const { [ANNOTATION_FILE_ERROR]: fileError, ...annotations } = entity.metadata.annotations ?? {};
  return { ...entity, metadata: { ...entity.metadata, annotations } };
}
