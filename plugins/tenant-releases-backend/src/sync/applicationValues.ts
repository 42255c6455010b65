import type { ReleaseHealth } from '@internal/plugin-tenant-releases-common';

/** How much is kept: items of lists, characters of messages. */
export const limits = {
  files: 200,
  images: 20,
  history: 20,
  drifted: 5,
  resources: 100,
  message: 500,
};

const healths = ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'] as const;

/** A health of Argo CD; one that is not known here is `Unknown`. */
export function healthStatus(status: string | undefined): ReleaseHealth['status'] {
  return oneOf(healths, status, 'Unknown');
}

/** The known text, or the fallback for another one. */
export function oneOf<T extends string>(
  known: readonly T[],
  value: string | undefined,
  fallback: T | 'Unknown',
): T {
  return known.find(item => item === value) ?? (fallback as T);
}

/** Without the keys whose value is undefined, so that they do not hide known ones. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}

/**
 * The revision of one source.
 *
 * @param at - position of the source that is meant, where there are several
 */
export function revisionOf(
  source: { revision?: string; revisions?: string[] | null } | null | undefined,
  at: number,
): string | undefined {
  if (source?.revisions && source.revisions.length > 0) return source.revisions[at] || undefined;
  return source?.revision || undefined;
}

/** The revisions of all other sources, as one text. */
export function otherRevisions(
  source: { revisions?: string[] | null } | null | undefined,
  at: number,
): { others?: string } {
  const others = source?.revisions?.filter((_, index) => index !== at) ?? [];
  return others.length > 0 ? { others: others.join(' ').slice(0, limits.message) } : {};
}
