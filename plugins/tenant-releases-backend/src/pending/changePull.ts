import type { PullAnswer, PullFacts } from '@internal/gitops';
import {
  changeKinds,
  type ChangePull,
  type PendingProgress,
  type PendingStep,
} from '@internal/plugin-tenant-releases-common';
import { nextStep } from './nextStep';
import { stateOf } from './pullState';

/** A pull request that changes releases, whoever may see it. */
export interface ChangeOnHost extends Omit<ChangePull, 'pullRequest'> {
  pullRequest: ChangePull['pullRequest'] & { url: string };
}

const kinds: ReadonlySet<string> = new Set([...changeKinds, 'bump']);
const texts: Partial<Record<PendingStep['code'], string>> = {
  reconcile: 'Merged. Argo CD brings it to the cluster, usually within seconds.',
  'start-again': 'Closed without a merge: nothing was changed.',
  'resolve-conflict':
    'It conflicts with what was merged since: send the same request again, which brings it up to date.',
};

/** What a branch of `gitops` changes; undefined for every other branch, and for one of a fork. */
export function changeOfBranch({
  head,
  base,
}: PullAnswer): Pick<ChangePull, 'kind' | 'service' | 'ring'> | undefined {
  if (head.repo?.full_name.toLowerCase() !== base.repo.full_name.toLowerCase()) return undefined;
  const [, kind, service, ring] =
    /^([a-z-]+)\/([A-Za-z0-9-]{1,63})\/(?:ring-(\d)(?:-|$))?/.exec(head.ref) ?? [];
  if (!kinds.has(kind)) return undefined;
  return {
    kind: kind as ChangePull['kind'],
    ...(service === 'all' ? {} : { service }),
    ...(ring === undefined ? {} : { ring: Number(ring) }),
  };
}

/**
 * A pull request of a change. Whom it changes, why and for whom it was opened is what its text says, which people may edit.
 *
 * @param tenantOf - the portal's name of a tenant of the repository
 */
export function changePull(
  pull: PullAnswer,
  of: Pick<ChangePull, 'kind' | 'service' | 'ring'>,
  facts: PullFacts,
  tenantOf: (name: string) => string,
): ChangeOnHost {
  const { number, html_url: url, title, created_at: openedAt } = pull;
  const endedAt = pull.merged_at ?? pull.closed_at;
  const progress: PendingProgress = {
    state: stateOf(pull),
    isDraft: pull.draft ?? false,
    ...facts,
  };
  const step = nextStep(progress);
  return {
    ...of,
    ...progress,
    ...saidIn(pull.body ?? '', tenantOf),
    pullRequest: { number, url, title, openedAt, ...(endedAt ? { endedAt } : {}) },
    next: { ...step, text: texts[step.code] ?? step.text },
  };
}

/** What changeBody of `packages/gitops` and the texts of bumps say. */
function saidIn(body: string, tenantOf: (name: string) => string) {
  const rows = [...body.matchAll(/^\| `([^`|]{1,253})` \|.*?\| `([^`|]{1,300})` \|$/gm)];
  const versions = new Set(rows.map(([, , to]) => to.replace(/ \(digest removed\)$/, '')));
  const [, count] = /^- tenants: (\d{1,6})$/m.exec(body) ?? [];
  const [, why] = /^\*\*Why:\*\* (.{1,2000})$/m.exec(body) ?? [];
  const [, requestedBy] = /for `(user:[\w.-]{1,63}\/[\w.-]{1,63})`<\/sub>$/m.exec(body) ?? [];
  return {
    tenants: [...new Set(rows.map(([, name]) => tenantOf(name)))],
    ...(count === undefined ? {} : { tenantCount: Number(count) }),
    ...(versions.size === 1 ? { version: [...versions][0] } : {}),
    // Markdown's own marks were escaped.
    ...(why === undefined ? {} : { reason: why.replace(/\\([^\w\s])/g, '$1').slice(0, 500) }),
    ...(requestedBy === undefined ? {} : { requestedBy }),
  };
}
