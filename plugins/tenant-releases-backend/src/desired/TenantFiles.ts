import {
  parseTenantFile,
  type TenantFile,
  type TenantFileResult,
} from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';

/** Parsed tenant files by the SHA of their content: each content is parsed once, and remembered within bounds. */
export class TenantFiles {
  readonly #parsed = new LRUCache<string, TenantFileResult>({ max: 20_000 });

  /** @param tenant - name that the file's path says */
  parse(sha: string, tenant: string, text: string): TenantFileResult {
    const key = `${tenant}\n${sha}`;
    const known = this.#parsed.get(key);
    if (known) return known;
    const result = withoutExtras(parseTenantFile(text, tenant));
    this.#parsed.set(key, result);
    return result;
  }

  find(sha: string, tenant: string): TenantFileResult | undefined {
    return this.#parsed.get(`${tenant}\n${sha}`);
  }
}

/** Other Helm values are not kept: thousands of files are in memory. */
function withoutExtras(result: TenantFileResult): TenantFileResult {
  if (!result.ok) return result;
  const { tenant, image } = result.file;
  const file: TenantFile = { tenant, image: { repository: image.repository, tag: image.tag } };
  return { ok: true, file };
}
