import type { LoggerService } from '@backstage/backend-plugin-api';
import { limitConcurrency, toUpstreamError } from '@internal/gitops';
import type { DesiredEntry } from './DesiredEntries';
import type { FileHistories } from './FileHistories';
import type { HeadFile } from './HeadFile';
import { maxWholeHistories, reservedQuota } from './HistoryReader';

/** What {@link FirstSeen} needs. */
export interface FirstSeenOptions {
  histories: Pick<FileHistories, 'readVersions'>;
  /** Requests that are left of Git's limit. */
  quota(): number;
  logger: Pick<LoggerService, 'debug'>;
  /** The service whose version a file holds. */
  serviceOf(file: HeadFile): string | undefined;
  /** Told when it is known of a version; of all of them when none is named. */
  onKnown(service?: string, version?: string): void;
}

/** In a large fleet, and of a new version, so many files tell when a version was first seen: those of the lowest rings, which get it first. */
const maxWitnesses = 5;
/** Seconds until a history that could not be read is tried again. */
const retrySeconds = 5;

/**
 * When each version of a service was first seen in any tenant's file: by the earliest commit that is known to have left it
 * there. It only ever becomes earlier, so that a roll-back moves no version. After a restart it is found out anew, from the
 * histories of files that have a version; until they are read, nothing is said of it.
 */
export class FirstSeen {
  readonly #options: FirstSeenOptions;
  readonly #limit = limitConcurrency(4);
  /** Milliseconds since 1970, by service and version. */
  readonly #times = new Map<string, number>();
  /** Versions whose histories have been looked for. */
  readonly #looked = new Set<string>();
  /** Files that have still to be read, by service and version. */
  readonly #unread = new Map<string, Set<HeadFile>>();
  #hasHead = false;
  #hasAll = false;
  #isStopped = false;

  constructor(options: FirstSeenOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** RFC 3339; undefined while it is not known. */
  find(service: string, version: string): string | undefined {
    const key = keyOf(service, version);
    const time = this.#times.get(key);
    if (time === undefined || this.#unread.has(key)) return undefined;
    // What no file holds any more may be in any of the histories.
    if (!this.#looked.has(key) && this.#unread.size > 0) return undefined;
    return new Date(time).toISOString();
  }

  /** Whether it may yet be found: the version is or was in a file, or histories are still to be read. */
  mayFind(service: string, version: string): boolean {
    const key = keyOf(service, version);
    return !this.#hasAll || this.#looked.has(key) || this.#times.has(key);
  }

  /** Every version of which something is known. */
  versions(): Array<[service: string, version: string]> {
    return [...this.#times.keys()].map(key => key.split('\n') as [string, string]);
  }

  /** A file held a version after a commit of that time, RFC 3339. */
  note(file: HeadFile, version: string, committedAt: string): void {
    const service = this.#options.serviceOf(file);
    if (service !== undefined) this.#note(keyOf(service, version), committedAt);
  }

  /**
   * A head of the branch was taken.
   *
   * @param entries - every tenant file at it
   * @param committedAt - of the head, RFC 3339
   */
  take(entries: readonly DesiredEntry[], committedAt: string): void {
    this.#isStopped = false;
    const added = [...byVersion(entries)].filter(([key]) => !this.#looked.has(key));
    for (const [key, files] of added) {
      this.#looked.add(key);
      // That it was in nobody's history makes it new; the first head of all says nothing of the ones before.
      if (this.#hasHead) {
        const isNew = !this.#times.has(key);
        this.#note(key, committedAt);
        if (!isNew) continue;
      }
      const isSmall = !this.#hasHead && entries.length <= maxWholeHistories;
      this.#unread.set(key, new Set(isSmall ? files.map(({ head }) => head) : witnesses(files)));
    }
    this.#hasAll ||= this.#unread.size === 0;
    this.#hasHead = true;
    for (const [key] of added) {
      for (const file of this.#unread.get(key) ?? []) this.#read(key, file);
    }
  }

  #note(key: string, committedAt: string): void {
    const time = Date.parse(committedAt);
    // A commit without a time that can be read is no older than all others.
    if (!(time > 0)) return;
    const known = this.#times.get(key);
    if (known === undefined || time < known) this.#times.set(key, time);
  }

  #read(key: string, file: HeadFile): void {
    const { histories, quota, logger } = this.#options;
    this.#limit(async () => {
      if (this.#isStopped) return;
      if (quota() < reservedQuota)
        throw new Error('the rest of the limit is for what people look at');
      await histories.readVersions(file);
      this.#done(key, file);
    }).catch(error => {
      const { errorClass, message, retryAfterSeconds = retrySeconds } = toUpstreamError(error);
      logger.debug(`Versions of ${file.path} could not be read (${errorClass}): ${message}`);
      // Answers that are none say nothing however often they are asked for.
      if (errorClass === 'not-found') this.#done(key, file);
      else setTimeout(() => this.#read(key, file), retryAfterSeconds * 1000).unref();
    });
  }

  #done(key: string, file: HeadFile): void {
    const unread = this.#unread.get(key);
    unread?.delete(file);
    if (unread?.size !== 0) return;
    this.#unread.delete(key);
    const { onKnown } = this.#options;
    if (this.#hasAll || this.#unread.size > 0) {
      onKnown(...(key.split('\n') as [string, string]));
      return;
    }
    this.#hasAll = true;
    onKnown();
  }
}

function keyOf(service: string, version: string): string {
  return `${service}\n${version}`;
}

function byVersion(entries: readonly DesiredEntry[]): Map<string, DesiredEntry[]> {
  const groups = new Map<string, DesiredEntry[]>();
  for (const entry of entries) {
    if (entry.isUnread || entry.head.version === undefined) continue;
    const key = keyOf(entry.service, entry.head.version);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

function witnesses(entries: readonly DesiredEntry[]): HeadFile[] {
  const ring = ({ file }: DesiredEntry) => file?.tenant.ring ?? Infinity;
  return [...entries]
    .sort((a, b) => ring(a) - ring(b))
    .slice(0, maxWitnesses)
    .map(({ head }) => head);
}
