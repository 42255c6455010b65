import type { Release, ReleaseReason } from '@internal/plugin-tenant-releases-common';

/**
 * The reason that decides a release's state: reasons come with the one of most concern first.
 * One that is in sync needs none; what is said about it then is beside the point.
 */
export function mainReason({
  state,
  reasons,
}: Pick<Release, 'state' | 'reasons'>): ReleaseReason | undefined {
  return state === 'in-sync' ? undefined : reasons[0];
}

/** A text as a sentence: with one full stop at its end. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
