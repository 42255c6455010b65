import type { ChangeAnswer } from '@internal/plugin-tenant-releases-common';
import { changeDrafts } from './changeDrafts';
import { ChangeRefusal } from './ChangeRefusal';
import type { ChangePlan } from './planChange';
import { proposeChange, type ProposalTarget } from './proposeChange';

/** What became of a plan. */
export interface PlanProposal {
  pullRequests: NonNullable<ChangeAnswer['pullRequests']>;
  /** Whether any of them was opened now: 201 for who asks by HTTP, else 200. */
  isNew: boolean;
}

/**
 * Opens the pull requests of a plan, each of them one commit and one push. The same request again finds them.
 *
 * @param about - Markdown about the versions, for example the commits between them
 * @throws ChangeRefusal when a branch holds somebody else's work
 */
export async function proposePlan(
  target: ProposalTarget,
  plan: ChangePlan,
  about?: string,
): Promise<PlanProposal> {
  const done: PlanProposal = { pullRequests: [], isNew: false };
  for (const draft of changeDrafts(plan, about)) {
    const proposed = await proposeChange(target, draft);
    if (proposed?.outcome === 'left-alone' || proposed?.number === undefined) {
      const opened = done.pullRequests.map(({ number }) => `#${number}`).join(', ');
      throw new ChangeRefusal(
        `${proposed?.reason ?? draft.nothingLeft}${
          opened === '' ? '' : `; open already: ${opened}`
        }`,
      );
    }
    const { number, url = '', outcome } = proposed;
    const ring = draft.ring === undefined ? {} : { ring: draft.ring };
    done.pullRequests.push({ number, url, ...ring });
    done.isNew ||= outcome === 'opened';
  }
  return done;
}
