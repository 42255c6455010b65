import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type Application,
  type GitopsConfig,
  limitConcurrency,
  type GitFile,
} from '@internal/gitops';
import type { Hold } from '@internal/plugin-tenant-releases-common';
import type { HeadFile } from './HeadFile';
import { problemOf } from './strangers';
import type { ReleaseEntries } from './ReleaseEntries';
import { ownerOf, surveyFiles, type FileSurvey, type PathOwner } from './surveyFiles';
import type { TenantContentResult, TenantFileReader } from './TenantFileReader';
import { unreadable } from './TenantFiles';

/** What a file says of a release. What a repository of another layout does not say is empty, or `unknown`. */
export interface DesiredFile {
  tenant: {
    displayName: string;
    owner: string;
    tier: string;
    ring: number;
    contact?: string;
    hold?: Hold;
  };
  /** The repository is absent where the version is not an image's, or its name is not known. */
  image: { repository?: string; tag: string; digest?: string };
}

/** How a release of another layout than our own comes to the cluster. */
export interface DeployedEntry {
  /** Name of the Application that stands, or is made, in the repository. */
  application?: string;
  /** What the repository says of that Application. */
  target?: Pick<Application, 'project' | 'destination'>;
  /** Files and folders that are rendered. */
  reads: readonly string[];
  /** Where the version stands in the file, from 1. */
  line: number;
  /** The version is a chart's, which no image need have. */
  isChart: boolean;
  /** Labels of its pods, with the names in braces; see `layouts[].pods.labelSelector`. */
  selector?: string;
  /** What its Application is called and how it is labelled; see `layouts[].applications`. */
  wanted?: { name?: string; labelSelector?: string };
  /** As the repository has them. */
  names: { tenant: string; service: string; environment: string; cluster: string };
  /** Other tenants have their version from the same file. */
  isShared?: true;
}

/** What the index holds of one tenant, service and environment. */
export interface DesiredEntry {
  tenant: string;
  service: string;
  environment?: string;
  /** Id of the source that it is read from; absent where there is one repository. */
  repository?: string;
  path: string;
  file?: DesiredFile;
  /** Absent in our own layout. */
  deployed?: DeployedEntry;
  problems: string[];
  /** Git has not handed out the content; it is asked for again. */
  isUnread?: true;
  head: HeadFile;
}

/** What {@link DesiredEntries} need. */
export interface DesiredEntriesOptions {
  gitops: GitopsConfig;
  /** Service of tenant files whose path names none. */
  service: string;
  contents: TenantFileReader;
  /** See {@link DesiredEntry.repository}. */
  repository?: string;
  logger: LoggerService;
}

/** The tenant files at a head of the branch, as they were read last. */
export class DesiredEntries implements ReleaseEntries {
  readonly #options: DesiredEntriesOptions;
  #entries: ReadonlyMap<string, DesiredEntry> = new Map();
  #byTenant: ReadonlyMap<string, DesiredEntry[]> = new Map();
  #byPath: ReadonlyMap<string, DesiredEntry> = new Map();

  constructor(options: DesiredEntriesOptions) {
    this.#options = options;
  }

  get(tenant: string, service: string): DesiredEntry | undefined {
    return this.#entries.get(keyOf({ tenant, service }));
  }

  ofTenant(tenant: string): DesiredEntry[] {
    return this.#byTenant.get(tenant) ?? [];
  }

  all(): DesiredEntry[] {
    return [...this.#entries.values()];
  }

  /** Another object whenever an entry has come, gone or changed. */
  get generation(): object {
    return this.#entries;
  }

  serviceOf({ path }: HeadFile): string | undefined {
    return this.#ownerOf(path)?.service;
  }

  isRead(path: string): boolean {
    return this.#ownerOf(path) !== undefined;
  }

  async survey(files: readonly GitFile[]): Promise<FileSurvey> {
    return surveyFiles(files, this.#options.gitops, this.#options.service);
  }

  /** The tenant and service of a path; a file whose name is no tenant's name can be nobody's release. */
  #ownerOf(path: string): PathOwner | undefined {
    const { gitops, service } = this.#options;
    return ownerOf(path, gitops, service);
  }

  /**
   * Reads the files of a head that are new or have changed.
   *
   * @returns the entries that are not what they were, and those that are no more
   */
  async read(
    files: readonly GitFile[],
    head: string,
    signal: AbortSignal,
  ): Promise<{ changed: DesiredEntry[]; gone: DesiredEntry[] }> {
    // Of thousands of files one has changed: the others are not worth a promise.
    const known = files.map(file => this.#known(file));
    const contents = files.flatMap(({ path, sha, kind }, index) => {
      const tenant = kind || known[index] ? undefined : this.#ownerOf(path)?.tenant;
      return tenant ? [{ sha, tenant }] : [];
    });
    await this.#options.contents.readAhead(contents, signal);
    const limit = limitConcurrency(8);
    const entries = await Promise.all(
      files.map(
        (file, index) => known[index] ?? limit(async () => this.#entryOf(file, head, signal)),
      ),
    );
    const before = this.#entries;
    const next = new Map(entries.flatMap(entry => (entry ? [[keyOf(entry), entry] as const] : [])));
    this.#entries = next;
    this.#byTenant = groupByTenant(next.values());
    this.#byPath = new Map([...next.values()].map(entry => [entry.path, entry]));
    return {
      changed: [...next.values()].filter(entry => before.get(keyOf(entry)) !== entry),
      gone: [...before.values()].filter(entry => !next.has(keyOf(entry))),
    };
  }

  /** The entry of a file that has been read and has not changed since. */
  #known({ path, sha }: GitFile): DesiredEntry | undefined {
    const entry = this.#byPath.get(path);
    return entry?.head.sha === sha && !entry.isUnread ? entry : undefined;
  }

  async #entryOf(
    { path, sha, kind }: GitFile,
    head: string,
    signal: AbortSignal,
  ): Promise<DesiredEntry | undefined> {
    const { contents, logger, repository } = this.#options;
    const match = this.#ownerOf(path);
    if (!match) return undefined;
    const { tenant, service } = match;
    const known = this.get(tenant, service);
    if (known?.head.sha === sha && !known.isUnread) return known;
    signal.throwIfAborted();
    const result: TenantContentResult = kind
      ? unreadable(problemOf(kind))
      : await contents.read({ sha, tenant });
    if (known?.isUnread && result.isUnread && known.head.sha === sha) return known;
    if (!result.ok)
      logger.warn(`Tenant file ${path} cannot be read: ${result.problems.join('; ')}`);
    const file = result.ok ? result.file : known?.file;
    return {
      tenant,
      service,
      ...(repository === undefined ? {} : { repository }),
      path,
      ...(file ? { file } : {}),
      problems: result.ok ? [] : result.problems,
      ...(result.isUnread ? { isUnread: true as const } : {}),
      head: { tenant, path, sha, head, version: result.ok ? result.file.image.tag : undefined },
    };
  }
}

function keyOf({ tenant, service }: Pick<DesiredEntry, 'tenant' | 'service'>): string {
  return `${tenant}/${service}`;
}

function groupByTenant(entries: Iterable<DesiredEntry>): Map<string, DesiredEntry[]> {
  const groups = new Map<string, DesiredEntry[]>();
  for (const entry of entries) {
    groups.set(entry.tenant, [...(groups.get(entry.tenant) ?? []), entry]);
  }
  return groups;
}
