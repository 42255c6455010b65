import { setImmediate } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { type TenantFileResult, toUpstreamError, type GithubApi } from '@internal/gitops';
import type { TenantFiles } from './TenantFiles';

/** A content of a tenant file. */
export interface TenantContent {
  /** SHA of the content. */
  sha: string;
  /** Name that the file's path says. */
  tenant: string;
}

/** What came of a content; `isUnread` when Git does not want to hand out this one, now or ever. */
export type TenantContentResult = TenantFileResult & { isUnread?: true };

/** From this many on, new files are read together. */
const readTogether = 5;
/** Thousands of files take seconds to parse; so often others get their turn. Milliseconds. */
const maxBusyMs = 100;

/** Fetches and parses contents of tenant files, each once. */
export class TenantFileReader {
  readonly #api: Pick<GithubApi, 'blob' | 'blobs'>;
  readonly #files: TenantFiles;
  readonly #logger: LoggerService;

  constructor(api: Pick<GithubApi, 'blob' | 'blobs'>, files: TenantFiles, logger: LoggerService) {
    this.#api = api;
    this.#files = files;
    this.#logger = logger;
  }

  /** Reads many new contents at once, so that each need not be a request; what is left out is read one by one. */
  async readAhead(contents: readonly TenantContent[], signal: AbortSignal): Promise<void> {
    await this.#files.restore();
    const unread = contents.filter(({ sha, tenant }) => !this.#files.find(sha, tenant));
    if (unread.length < readTogether) return;
    try {
      const texts = await this.#api.blobs([...new Set(unread.map(({ sha }) => sha))], signal);
      let since = performance.now();
      for (const { sha, tenant } of unread) {
        if (performance.now() - since > maxBusyMs) {
          await setImmediate();
          since = performance.now();
        }
        const content = texts.get(sha);
        if (content) this.#files.parse(sha, tenant, content);
      }
    } catch (error) {
      const { message } = toUpstreamError(error);
      this.#logger.debug(`Tenant files cannot be read together: ${message}`);
    }
  }

  /**
   * @returns the file or its problems; `isUnread` when Git does not want to hand out this one content, now or ever:
   * the other files must not wait for it
   * @throws UpstreamError when Git does not answer at all
   */
  async read({ sha, tenant }: TenantContent): Promise<TenantContentResult> {
    const known = this.#files.find(sha, tenant);
    if (known) return known;
    try {
      return this.#files.parse(sha, tenant, await this.#api.blob(sha));
    } catch (error) {
      const { errorClass } = toUpstreamError(error);
      if (errorClass !== 'bad-answer' && errorClass !== 'not-found') throw error;
      const problem = 'file: cannot be fetched, it may be far too large';
      return { ok: false, problems: [problem], isUnread: true };
    }
  }
}
