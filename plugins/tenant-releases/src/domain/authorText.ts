import type { DesiredVersion, HistoryEntry } from '@internal/plugin-tenant-releases-common';

/** Who made a change: its author, and where a program wrote it also the person behind it. */
export function authorText(change: Pick<HistoryEntry, 'author' | 'pullRequest'>): string;
export function authorText(
  change: Pick<DesiredVersion, 'author' | 'pullRequest'>,
): string | undefined;
export function authorText({
  author,
  pullRequest,
}: Pick<DesiredVersion, 'author' | 'pullRequest'>): string | undefined {
  return author && pullRequest?.mergedBy ? `${author}, merged by ${pullRequest.mergedBy}` : author;
}
