import {
  parseTenantFile,
  type EntryProblem,
  type TenantFile,
  type TenantFileResult,
  type GitText,
} from '@internal/gitops';
import { LRUCache } from 'lru-cache';
import type { ContentVersion, ContentVersions } from './ContentVersions';
import type { KeptFile } from './KeptFile';

/** What a tenant file came to, by the name of its tenant and the SHA of its content. */
export type ParsedFile = [key: string, result: TenantFileResult];

/** Results that are remembered: of each file that a repository may have one. */
const maxParsed = 100_000;
/** Milliseconds after which new results are written to disk together. */
const saveMs = 10_000;

/** Parsed tenant files by the SHA of their content: each content is parsed once, and remembered within bounds. */
export class TenantFiles implements ContentVersions {
  readonly #maxBytes: number;
  readonly #kept: Pick<KeptFile<ParsedFile[]>, 'load' | 'save'> | undefined;
  readonly #parsed = new LRUCache<string, TenantFileResult>({ max: maxParsed });
  #restored: Promise<void> | undefined;
  #saving: NodeJS.Timeout | undefined;

  /**
   * @param maxBytes - that a tenant file may have
   * @param kept - those that were parsed before this start; absent where none are kept
   */
  constructor(maxBytes: number, kept?: Pick<KeptFile<ParsedFile[]>, 'load' | 'save'>) {
    this.#maxBytes = maxBytes;
    this.#kept = kept;
  }

  /** Takes over what was parsed before this start, once. */
  async restore(): Promise<void> {
    this.#restored ??= this.#kept?.load().then(files => {
      // The last one that was used comes first, and is forgotten last.
      files?.reverse().forEach(([key, result]) => this.#parsed.set(key, result));
    });
    await this.#restored;
  }

  /** Keeps what has been parsed for the next start, unless that is done already. */
  async save(): Promise<void> {
    if (!this.#saving) return;
    clearTimeout(this.#saving);
    this.#saving = undefined;
    await this.#kept?.save([...this.#parsed.entries()]);
  }

  /** @param tenant - name that the file's path says */
  parse(sha: string, tenant: string, { text, problem }: GitText): TenantFileResult {
    const key = `${tenant}\n${sha}`;
    const known = this.#parsed.get(key);
    if (known) return known;
    const result = problem
      ? unreadable(problem)
      : withoutExtras(parseTenantFile(text, tenant, { maxBytes: this.#maxBytes }));
    this.#parsed.set(key, result);
    if (this.#kept) this.#saving ??= setTimeout(() => this.save(), saveMs).unref();
    return result;
  }

  find(sha: string, tenant: string): TenantFileResult | undefined {
    return this.#parsed.get(`${tenant}\n${sha}`);
  }

  read(sha: string, tenant: string, content: GitText): ContentVersion {
    return versionOf(this.parse(sha, tenant, content));
  }

  known(sha: string, tenant: string): ContentVersion | undefined {
    const found = this.find(sha, tenant);
    return found && versionOf(found);
  }
}

function versionOf(result: TenantFileResult): ContentVersion {
  return result.ok ? { version: result.file.image.tag } : {};
}

/** A file that is none to be parsed. */
export function unreadable({ problem, cure }: EntryProblem): TenantFileResult {
  return { ok: false, problems: [`file: ${problem}: ${cure}`] };
}

/** Other Helm values are not kept: thousands of files are in memory. */
function withoutExtras(result: TenantFileResult): TenantFileResult {
  if (!result.ok) return result;
  const { tenant, image } = result.file;
  const { repository, tag, digest } = image;
  const file: TenantFile = {
    tenant,
    image: { repository, tag, ...(digest === undefined ? {} : { digest }) },
  };
  return { ok: true, file };
}
