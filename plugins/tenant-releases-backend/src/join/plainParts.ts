import {
  type Freeze,
  type Hold,
  type PullRequestRef,
} from '@internal/plugin-tenant-releases-common';
import { shorten } from '@internal/gitops';
import type { DesiredState } from './releaseParts';

type Change = NonNullable<DesiredState['change']>;

/** Longest name of somebody, in characters. */
const nameLength = 80;

/** A change, with what people wrote into the commit and its pull request as one line of text each. */
export function plainChange(change: Change): Change {
  const { author, pullRequest } = change;
  return {
    ...change,
    author: shorten(author, nameLength),
    ...(pullRequest ? { pullRequest: plainPullRequest(pullRequest) } : {}),
  };
}

/** A pull request, with what people wrote as one line of text each. */
export function plainPullRequest(pullRequest: PullRequestRef): PullRequestRef {
  const { title, mergedBy } = pullRequest;
  return {
    ...pullRequest,
    title: shorten(title),
    ...(mergedBy ? { mergedBy: shorten(mergedBy, nameLength) } : {}),
  };
}

/** A hold, with what people wrote into the tenant file as one line of text each. */
export function plainHold(hold: Hold | undefined): Hold | undefined {
  return (
    hold && {
      ...hold,
      ...(hold.by === undefined ? {} : { by: shorten(hold.by, nameLength) }),
      reason: shorten(hold.reason),
    }
  );
}

/** A freeze, with what people wrote into the policy as one line of text. */
export function plainFreeze(freeze: Freeze | undefined): Freeze | undefined {
  return freeze && { ...freeze, reason: shorten(freeze.reason) };
}
