import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import type { Fleet } from './fleet';
import { formatCount } from './formatCount';
import { troubledSource } from './sourceNote';

/**
 * Why a fleet shows no tenant, in a sentence. That there is none yet is said only where the server, who alone knows,
 * says so now: whether there are others is not for everybody to know, and an outage is not an answer.
 *
 * @param isFailing - reading it again failed: what is known is from before
 */
export function emptyFleetSentence(
  { notice, unreadable = 0, complete }: Fleet,
  sources: readonly SourceStatus[],
  isFailing: boolean,
): string {
  if (!complete) return 'The tenants are on their way.';
  if (unreadable > 0) {
    return unreadable === 1
      ? 'The only row cannot be read.'
      : `None of ${formatCount(unreadable)} rows can be read.`;
  }
  if (isFailing || troubledSource(sources, 'git')) {
    return 'Nobody knows now which tenants there are.';
  }
  return notice?.code === 'NO_TENANTS' ? 'There are no tenants yet.' : 'You see no tenants here.';
}
