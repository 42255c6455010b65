import { shorten } from '@internal/gitops';
import type { Release } from '@internal/plugin-tenant-releases-common';
import type { ReleaseRef } from './ReleaseRef';
import { unjoinedRelease } from './unjoinedRelease';

/**
 * The row of a release that several repositories name: nothing of it is shown as true until one of them does.
 *
 * @param places - repository and path of each
 */
export function conflictRelease(
  ref: ReleaseRef,
  owner: string | undefined,
  places: readonly string[],
): Release {
  const text = `More than one GitOps repository names this release, so that no version is shown: ${places.join(
    '; ',
  )}. Take it out of all but one.`;
  return {
    ...unjoinedRelease(ref, owner),
    namespace: '',
    reasons: [{ code: 'REPOSITORY_CONFLICT', text: shorten(text, 500) }],
  };
}
