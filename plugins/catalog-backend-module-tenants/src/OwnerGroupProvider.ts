import type { LoggerService } from '@backstage/backend-plugin-api';
import type { GroupEntity } from '@backstage/catalog-model';
import type { EntityProvider, EntityProviderConnection } from '@backstage/plugin-catalog-node';
import {
  maxOwnerGroupLength,
  ownerGroupEntity,
  ownerGroupsFolder,
  parseOwnerGroup,
  type GitopsConfig,
  type OwnerGroup,
} from '@internal/gitops';
import type { TreeReader } from '@internal/plugin-tenant-releases-node';
import { fileAnnotations } from './tenantEntity';

/** What an {@link OwnerGroupProvider} needs. */
export interface OwnerGroupProviderOptions {
  urlReader: TreeReader;
  gitops: GitopsConfig;
  logger: LoggerService;
  /** Names of groups that no file may make: see {@link reservedOwnerGroups}. */
  reserved: ReadonlySet<string>;
  /** Calls the function now and then; started once the catalog can take entities. */
  repeat: (fn: () => Promise<void>) => Promise<void>;
}

interface GroupFiles {
  etag: string;
  groups: Array<{ group: OwnerGroup; path: string }>;
  /** Sentences on the files that cannot be read. */
  problems: string[];
}

/**
 * Keeps the groups that came with tenants (gitops/owners) equal to their files on the branch. A file that cannot be read
 * leaves its group as it was, and an outage leaves all of them.
 */
export class OwnerGroupProvider implements EntityProvider {
  readonly #options: OwnerGroupProviderOptions;
  #connection: EntityProviderConnection | undefined;
  #etag: string | undefined;
  #last: Promise<void> = Promise.resolve();
  #failure: string | undefined;

  constructor(options: OwnerGroupProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return 'tenant-owner-groups';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.repeat(() => this.refresh());
  }

  /** Reads the branch and, if it moved, hands its groups to the catalog; one look after the other. Never rejects. */
  refresh(): Promise<void> {
    this.#last = this.#last.then(() => this.#refresh());
    return this.#last;
  }

  async #refresh(): Promise<void> {
    try {
      await this.#refreshOnce();
      this.#report(undefined);
    } catch (error) {
      if (error instanceof Error && error.name === 'NotModifiedError') this.#report(undefined);
      else this.#report(error instanceof Error ? error.message : String(error));
    }
  }

  async #refreshOnce(): Promise<void> {
    const { gitops, logger } = this.#options;
    if (!this.#connection) return;
    const { etag, groups, problems } = await this.#read();
    const deferred = groups.map(({ group, path }) => ({
      entity: entityOf(group, path, gitops),
      locationKey: `tenant-owner-groups:${gitops.repository.url}`,
    }));
    await this.#connection.applyMutation(
      problems.length === 0
        ? { type: 'full', entities: deferred }
        : // Which group a file was about that cannot be read is not known: none is removed meanwhile.
          { type: 'delta', added: deferred, removed: [] },
    );
    this.#etag = etag;
    for (const problem of problems) logger.warn(problem);
    logger.info(`Read ${groups.length} groups of tenants' owners at ${etag.slice(0, 7)}`);
  }

  async #read(): Promise<GroupFiles> {
    const { urlReader, gitops } = this.#options;
    const tree = await urlReader.readTree(gitops.treeUrl(ownerGroupsFolder), {
      etag: this.#etag,
      filter: path => path.endsWith('.yaml') && !path.includes('/'),
    });
    const groups: GroupFiles['groups'] = [];
    const problems: string[] = [];
    for (const file of await tree.files()) {
      const path = `${ownerGroupsFolder}/${file.path}`;
      const content = await file.content();
      // More bytes than characters may be; whatever is longer is refused below by its length.
      const text = content.subarray(0, 4 * maxOwnerGroupLength + 1).toString('utf8');
      const result = parseOwnerGroup(text, file.path.slice(0, -'.yaml'.length));
      if (!result.ok) {
        const words = result.problems.map(problem => `${problem.key} ${problem.text}`).join('; ');
        problems.push(`${path} cannot be read, so that its group stays as it was: ${words}`);
      } else if (this.#options.reserved.has(result.group.name)) {
        problems.push(
          `${path} is left out: ${result.group.name} is a group of tenantReleases.access`,
        );
      } else {
        groups.push({ group: result.group, path });
      }
    }
    return { etag: tree.etag, groups, problems };
  }

  #report(failure: string | undefined): void {
    if (failure === this.#failure) return;
    this.#failure = failure;
    const { logger, gitops } = this.#options;
    const where = `${gitops.repository.url}, branch ${gitops.branch}`;
    if (failure) {
      logger.warn(`Cannot read the groups of ${where}; the catalog keeps what it has: ${failure}`);
    } else {
      logger.info(`The groups of ${where} can be read again`);
    }
  }
}

function entityOf(group: OwnerGroup, path: string, gitops: GitopsConfig): GroupEntity {
  const { apiVersion, kind, metadata, spec } = ownerGroupEntity(group);
  return {
    apiVersion,
    kind,
    metadata: { ...metadata, annotations: fileAnnotations(path, gitops) },
    spec: { ...spec, profile: { displayName: group.title } },
  };
}
