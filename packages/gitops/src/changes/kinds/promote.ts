import type {
  ChangeCode,
  ChangeRequest,
  LeftOutTenant,
} from '@internal/plugin-tenant-releases-common';
import { plain } from '../../blast/markdown';
import { ringTitle } from '../../policy/releasePolicyRules';
import { badVersionText, requirePolicy } from '../changePolicy';
import type { ChangeState } from '../changeState';
import { InvalidChange } from '../ChangeRefusal';
import { chooseTenants, requireService } from '../chooseTenants';
import { serviceOf, waitsFor, type Candidate } from '../judgeTenant';
import { planBump, type BumpPlan, type BumpSkip, type SkipKind } from '../planBump';
import { changedTenant, tagOnly } from './changedTenant';
import type { ChangeNote, KindOfChange, KindPlan } from './changeKind';

const codes: Readonly<Record<SkipKind, ChangeCode>> = {
  current: 'NOTHING_TO_CHANGE',
  held: 'HELD',
  frozen: 'FROZEN',
  'earlier-ring': 'RING_ORDER',
  'other-ring': 'NOTHING_TO_CHANGE',
  'other-service': 'NOTHING_TO_CHANGE',
  broken: 'CONFLICT',
};

/** Moves tenants to a version, or each ring to the one that the ring before runs. The plan is that of a bump. */
export const promote: KindOfChange = {
  plan(state, request, { at, isBound }) {
    requirePolicy(state);
    const choice = chooseTenants(state, request);
    const service = requireService(choice, state);
    const plan: KindPlan = {
      edits: [],
      leftOut: [...choice.leftOut],
      notes: [],
      service,
      versions: [],
    };
    for (const { version, candidates, why } of goals(state, request, service, choice.candidates)) {
      const bad = version === undefined ? undefined : badVersionText(state, version);
      if (version === undefined || bad !== undefined) {
        const code = version === undefined ? 'RING_ORDER' : 'BAD_VERSION';
        plan.leftOut.push(...candidates.map(one => leftOut(one, code, bad ?? why)));
        continue;
      }
      const names = candidates.map(({ tenant }) => tenant.name);
      const bump = planBump(
        state.tenants,
        state.policy,
        { service, version, tenants: names, inOrder: isBound, at },
        state.places,
      );
      plan.versions.push(version);
      plan.edits.push(
        ...bump.changes.map(({ from, to, before, text, path, unpinned, ...tenant }) => ({
          path,
          before,
          text,
          from,
          to: unpinned ? `${to} (digest removed)` : to,
          tenants: [changedTenant(tenant.tenant, tenant)],
        })),
      );
      plan.leftOut.push(...bump.skipped.map(skip => skipped(skip, bump)));
      plan.notes.push(...laterNotes(bump));
    }
    return plan;
  },
  title: ({ service, version, whom }) => `Promote ${service} to ${version} for ${whom}`,
};

function skipped(
  { tenant, ring = 0, kind, reason }: BumpSkip,
  { waiting, version }: BumpPlan,
): LeftOutTenant {
  const earlier = waiting.find(other => other.ring < ring);
  const text = kind === 'earlier-ring' && earlier ? waitsFor(earlier.title, version) : reason;
  return { tenant, code: codes[kind], text };
}

function leftOut({ tenant }: Candidate, code: ChangeCode, text = ''): LeftOutTenant {
  return { tenant: tenant.name, code, text };
}

interface Goal {
  candidates: Candidate[];
  /** Absent when there is none, for the reason in `why`. */
  version?: string;
  why?: string;
}

/** Who is to get which version. */
function goals(
  state: ChangeState,
  { version }: ChangeRequest,
  service: string,
  candidates: Candidate[],
): Goal[] {
  if (version === undefined) throw new InvalidChange('version', 'is missing: promote needs it');
  if (candidates.length === 0) return [];
  if (typeof version === 'string') return [{ candidates, version: tagOnly(version) }];
  const byRing = new Map<number, Candidate[]>();
  for (const one of candidates) {
    const { ring } = one.file.tenant;
    byRing.set(ring, [...(byRing.get(ring) ?? []), one]);
  }
  return [...byRing]
    .sort(([one], [other]) => one - other)
    .map(([ring, own]) => ({ candidates: own, ...nextOf(state, service, ring) }));
}

/** What the ring before runs: the nearest that has tenants who are not held. */
function nextOf(state: ChangeState, service: string, ring: number): Omit<Goal, 'candidates'> {
  const earlier = state.tenants.flatMap(({ file }) =>
    file && serviceOf(file) === service && file.tenant.ring < ring && !file.tenant.hold
      ? [file]
      : [],
  );
  if (earlier.length === 0) {
    return {
      why: `is in ${ringTitle(
        state.policy,
        ring,
      )}, and no ring before it runs ${service}: name the version`,
    };
  }
  const before = Math.max(...earlier.map(({ tenant }) => tenant.ring));
  const versions = new Set(
    earlier.filter(({ tenant }) => tenant.ring === before).map(({ image }) => image.tag),
  );
  if (versions.size === 1) return { version: [...versions][0] };
  const title = ringTitle(state.policy, before);
  return {
    why: `waits for ${title}, which runs ${versions.size} versions: name one, or promote that ring first`,
  };
}

/** Who may go before the rings is told which of them do not have the version yet. */
function laterNotes({ changes, waiting, version }: BumpPlan): ChangeNote[] {
  return [...new Set(changes.map(({ ring }) => ring))].flatMap(ring => {
    const names = waiting
      .filter(other => other.ring < ring)
      .map(({ title, tenants }) => `${plain(title)} (${tenants.length})`)
      .join(', ');
    if (names === '') return [];
    const text = `**Merge later:** these rings come first and do not have ${plain(
      version,
    )} yet: ${names}.`;
    return { ring, text };
  });
}
