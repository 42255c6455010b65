import { parseLocator, readVersionAt, type GitText } from '@internal/gitops';
import { LRUCache } from 'lru-cache';
import type { ContentVersion, ContentVersions } from '../ContentVersions';

/** Versions by the locators of a layout, in contents of any file. */
export class LocatedVersions implements ContentVersions {
  readonly #versions = new LRUCache<string, ContentVersion>({ max: 50_000 });

  /** A locator as one line, whatever keys it holds. */
  static readingOf(locator: string): string {
    return JSON.stringify(locator);
  }

  read(sha: string, reading: string, { text, problem }: GitText): ContentVersion {
    const key = keyOf(sha, reading);
    const known = this.#versions.get(key);
    if (known) return known;
    const found = problem ? {} : versionIn(text, JSON.parse(reading));
    this.#versions.set(key, found);
    return found;
  }

  known(sha: string, reading: string): ContentVersion | undefined {
    return this.#versions.get(keyOf(sha, reading));
  }

  /** Notes what is known of a content without reading it. */
  learn(sha: string, reading: string, version: string): void {
    this.#versions.set(keyOf(sha, reading), { version });
  }
}

function keyOf(sha: string, reading: string): string {
  return `${sha}\n${reading}`;
}

function versionIn(text: string, locator: string): ContentVersion {
  const place = parseLocator(locator);
  try {
    const found = place && readVersionAt(text, place);
    return found ? { version: found.version } : {};
  } catch {
    // An older content need not be one that can be read there.
    return {};
  }
}
