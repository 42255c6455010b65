import type { SourceStatus } from '@internal/plugin-tenant-releases-common';

/**
 * The status to give with an answer from before. While the source is away its own age counts, which is the same for all
 * that it was asked; where only this question is not answered, the age of the answer.
 *
 * @param answeredAt - milliseconds since the epoch
 */
export function lateStatus(source: SourceStatus, answeredAt: number): SourceStatus {
  if (source.currentAt !== undefined) return { ...source, state: 'stale' };
  return {
    ...source,
    state: 'stale',
    ageSeconds: Math.floor((Date.now() - answeredAt) / 1000),
    currentAt: new Date(answeredAt).toISOString(),
  };
}
