import { parseEntityRef } from '@backstage/catalog-model';
import type { SearchDocument } from '@backstage/plugin-search-common';

/** What the catalog's collator writes of an entity. */
export type CatalogDocument = SearchDocument & { kind?: string; type?: string; owner?: string };

/** Whether a search result is a tenant. */
export function isTenant({ kind, type }: CatalogDocument): boolean {
  return kind?.toLowerCase() === 'resource' && type === 'tenant';
}

/** The same result, leading where people who look for a tenant want to be: its Release tab. */
export function leadToRelease<T extends SearchDocument>(document: T): T {
  return { ...document, location: `${document.location.replace(/\/$/, '')}/releases` };
}

/** The ref of the owner; undefined where there is none, or what stands there is no ref. */
export function ownerOf({ owner = '' }: CatalogDocument): string | undefined {
  try {
    parseEntityRef(owner, { defaultKind: 'group' });
    return owner;
  } catch {
    return undefined;
  }
}
