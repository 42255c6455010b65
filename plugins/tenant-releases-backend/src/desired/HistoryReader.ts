import type { LoggerService } from '@backstage/backend-plugin-api';
import { limitConcurrency, toUpstreamError, UpstreamError, type GithubApi } from '@internal/gitops';
import type { FileHistories } from './FileHistories';
import type { HeadFile } from './HeadFile';

/** What a {@link HistoryReader} needs. */
export interface HistoryReaderOptions {
  api: GithubApi;
  histories: FileHistories;
  logger: LoggerService;
  /** Whether a file is still at the head of the branch. */
  isCurrent(file: HeadFile): boolean;
  /** Told when it is known who set the version of a file. */
  onRead(file: HeadFile): void;
}

/** Up to this many tenants the first page of each history is read ahead. */
export const maxWholeHistories = 200;
const firstPage = 30;
/** Reading ahead leaves this many requests of Git's limit to polls and views. */
export const reservedQuota = 500;
/** Seconds until a history that could not be read is tried again. */
const retrySeconds = 5;

/** Reads the histories of files that are new or have changed ahead of the first view, a few at a time. */
export class HistoryReader {
  readonly #options: HistoryReaderOptions;
  readonly #limit = limitConcurrency(4);
  #isStopped = false;

  constructor(options: HistoryReaderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStopped = false;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** @param tenants - how many tenants there are */
  read(files: HeadFile[], tenants: number): void {
    for (const file of files) {
      this.#limit(() => this.#readOne(file, tenants)).catch(error =>
        this.#retry(file, tenants, error),
      );
    }
  }

  async #readOne(file: HeadFile, tenants: number): Promise<void> {
    const { api, histories, isCurrent, onRead } = this.#options;
    if (this.#isStopped || !isCurrent(file)) return;
    if (api.quota() < reservedQuota) {
      throw new UpstreamError(
        'rate-limited',
        'the rest of the limit is for what people look at',
        60,
      );
    }
    await histories.findChange(file);
    onRead(file);
    if (tenants <= maxWholeHistories) await histories.history(file, firstPage);
  }

  /** The version is shown without its history meanwhile. */
  #retry(file: HeadFile, tenants: number, error: unknown): void {
    const { errorClass, retryAfterSeconds = retrySeconds } = toUpstreamError(error);
    this.#options.logger.debug(`History of ${file.path} could not be read (${errorClass})`);
    setTimeout(() => this.read([file], tenants), retryAfterSeconds * 1000).unref();
  }
}
