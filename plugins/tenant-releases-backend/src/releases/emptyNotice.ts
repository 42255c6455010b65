import type { ReleaseList } from '@internal/plugin-tenant-releases-common';
import type { ReleaseCheck } from '../permissions/ReleaseAccess';
import type { ReleaseBoard } from './ReleaseBoard';

/** What tells why a list is empty. */
export interface EmptyListDeps {
  board: Pick<ReleaseBoard, 'isReady' | 'refs' | 'resource' | 'sources'>;
  mayRead: ReleaseCheck;
  /** Whether the caller may onboard tenants. */
  mayOnboard: boolean;
}

/**
 * Why a list has nothing for this caller, and the next step. Only who may see everything learns whether there are
 * tenants at all; to everybody else no tenant and none of their own are the same.
 *
 * @returns undefined while nobody knows which tenants there are: the sources say so
 */
export function emptyNotice(deps: EmptyListDeps): ReleaseList['notice'] {
  const { board, mayRead, mayOnboard } = deps;
  if (!board.isReady()) return undefined;
  if (board.refs().some(ref => mayRead(board.resource(ref)))) {
    return {
      code: 'NONE_MATCH',
      text: 'None of the tenants that you may see matches this selection.',
    };
  }
  // What has no owner is seen by nobody but those who may see everything.
  if (!mayRead({ tenant: '' })) {
    return {
      code: 'NONE_VISIBLE',
      text: 'You see the tenants that your groups own. Your groups own none: ask the platform team, or the owner’s group, for membership.',
    };
  }
  const isCurrent = board.sources().every(({ kind, state }) => kind !== 'git' || state === 'ok');
  if (!isCurrent) return undefined;
  const next = mayOnboard
    ? '“New tenant” opens the pull request that adds the first one.'
    : 'Each tenant that is added to Git has a row here.';
  return { code: 'NO_TENANTS', text: `Git holds no tenant yet. ${next}` };
}
