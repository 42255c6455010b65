import type { ChangeCode, ChangeRequest } from '@internal/plugin-tenant-releases-common';
import type { Checkout } from '../checkout/checkout';
import type { FoundRelease } from '../doctor/release';
import { isSameRelease, withPolicyHolds, type ReleaseName } from '../policy/policyHolds';
import type { ReleasePolicy } from '../policy/releasePolicy';
import { freezeFor } from '../policy/releasePolicyRules';
import { shorten } from '../text/shorten';
import { bumpRelease } from './bumpRelease';
import { badVersionText, requirePolicy } from './changePolicy';
import type { ChangeState } from './changeState';
import { ChangeRefusal, InvalidChange } from './ChangeRefusal';
import { chooseReleases } from './chooseReleases';
import { holdsEdit, type HoldChange } from './holdsEdit';
import type { ChangeContext, ChangeEdit, ChangeNote, KindPlan } from './kinds/changeKind';
import { heldWords, whyNot } from './judgeRelease';
import { momentOf } from './moveTenant';
import { movesHoldText, passesFreezeText } from './rollbackTexts';
import { assemblePlan, type ChangePlan } from './planChange';

/** A repository of another layout, and its rules. */
export interface LayoutChangeState
  extends Pick<ChangeState, 'policy' | 'policyText' | 'policyProblem' | 'places'> {
  checkout: Checkout;
  releases: readonly FoundRelease[];
}

/**
 * Says what a change does to a repository of another layout: versions move where they originate, holds stand in the policy. Kinds
 * other than promote, rollback, hold and release-hold are those of our own layout.
 *
 * @throws InvalidChange, UnknownTenant
 * @throws ChangeRefusal when it reaches nobody
 */
export function planLayoutChange(
  given: LayoutChangeState,
  request: ChangeRequest,
  context: ChangeContext,
): ChangePlan {
  const state = { ...given, releases: withPolicyHolds(given.releases, given.policy) };
  requirePolicy({ ...state, tenants: [] });
  const kinds: Partial<Record<ChangeRequest['kind'], () => KindPlan>> = {
    promote: () => moved(state, request, context),
    rollback: () => moved(state, request, context),
    hold: () => held(state, request, context),
    'release-hold': () => held(state, request, context),
  };
  const plan = kinds[request.kind];
  if (!plan) {
    throw new InvalidChange(
      'kind',
      `${request.kind} is not there for other layouts yet: change the files of the repository by hand`,
    );
  }
  const ringOf = new Map(state.releases.map(({ tenant, facts }) => [tenant, facts.ring]));
  return assemblePlan(plan(), request, context, { ...state, ringOf });
}

/** Promote and rollback. */
function moved(
  { checkout, releases, ...state }: LayoutChangeState,
  request: ChangeRequest,
  { at, by, isBound }: ChangeContext,
): KindPlan {
  const { version, kind, reason = '' } = request;
  if (typeof version !== 'string') {
    throw new InvalidChange(
      'version',
      'must be an image tag here: next needs the rings of our own layout',
    );
  }
  const isRollback = kind === 'rollback';
  const { releases: chosen, service } = chooseReleases(releases, request);
  const plan = emptyPlan(service, [version]);
  const bad = badVersionText({ ...state, tenants: [] }, version);
  const wanted = chosen.filter(release => {
    const why = whyNot(
      release,
      version,
      { ...state, releases },
      {
        at,
        isBound: isBound && !isRollback,
        isRollback,
        isHolding: isRollback && request.hold !== false,
      },
    );
    const [code, text] = bad === undefined ? why ?? [] : (['BAD_VERSION', bad] as const);
    if (code) leaveOut(plan, release, code, text);
    return !code;
  });
  // A roll-back moves a hold; for all others who is held is left out by now.
  const free = releases.map(release =>
    isRollback ? { ...release, facts: { ...release.facts, hold: undefined } } : release,
  );
  const possible = possibleOf(checkout, free, wanted, version, plan);
  const edits = possible.length === 0 ? [] : bumpRelease(checkout, free, possible, version);
  plan.edits.push(
    ...edits.map(
      ({ path, before, text, releases: own }): ChangeEdit => ({
        path,
        before,
        text,
        from: [...new Set(own.map(({ from }) => from))].join(', '),
        to: version,
        tenants: own.map(release =>
          tenantOf(releases.find(one => isSameRelease(one, release)) ?? release),
        ),
      }),
    ),
  );
  const holds: HoldChange[] = possible.flatMap(release => {
    const isHeld = release.facts.hold !== undefined;
    return isRollback && (request.hold !== false || isHeld) ? [{ release, version, reason }] : [];
  });
  if (isRollback)
    plan.notes.push(...possible.flatMap(release => notesOf(release, state.policy, at)));
  if (holds.length > 0) plan.edits.push(holdsEdit(state, holds, { by, since: momentOf(at) }));
  return plan;
}

function notesOf({ tenant, facts }: FoundRelease, policy: ReleasePolicy, at: Date): ChangeNote[] {
  const { tier = '', ring = -1, hold } = facts;
  const freeze = freezeFor(policy, { name: tenant, tier, ring }, at);
  return [
    ...(freeze ? [{ text: passesFreezeText(tenant, freeze) }] : []),
    ...(hold ? [{ text: movesHoldText(tenant, hold) }] : []),
  ];
}

/** Hold and release-hold. */
function held(
  { releases, ...state }: LayoutChangeState,
  request: ChangeRequest,
  { at, by }: ChangeContext,
): KindPlan {
  const { version, reason = '', kind } = request;
  const { releases: chosen, service } = chooseReleases(releases, request);
  const plan = emptyPlan(service, []);
  const changes = chosen.flatMap((release): HoldChange[] => {
    const { hold } = release.facts;
    const isInPolicy = state.policy.holds?.some(one => isSameRelease(one, release));
    if (kind === 'release-hold') {
      if (hold && isInPolicy) return [{ release }];
      leaveOut(
        plan,
        release,
        hold ? 'CONFLICT' : 'NOTHING_TO_CHANGE',
        hold
          ? `is held by the files of its layout (${shorten(hold.reason)}): change it there`
          : 'is not held',
      );
    } else if (hold) {
      const isSaid = hold.reason === reason;
      leaveOut(plan, release, isSaid ? 'NOTHING_TO_CHANGE' : 'HELD', heldWords(release));
    } else if (version !== undefined && version !== release.version) {
      leaveOut(
        plan,
        release,
        'CONFLICT',
        `has ${release.version}, not ${String(version)}: promote it or roll it back first`,
      );
    } else return [{ release, version: release.version, reason }];
    return [];
  });
  if (changes.length === 0) return plan;
  if (kind === 'hold') plan.versions = [...new Set(changes.map(({ release }) => release.version))];
  plan.edits.push(holdsEdit(state, changes, { by, since: momentOf(at) }));
  return plan;
}

/** Releases that can be moved together. When not all can, each is asked for by itself. */
function possibleOf(
  checkout: Checkout,
  releases: readonly FoundRelease[],
  wanted: FoundRelease[],
  version: string,
  plan: KindPlan,
): FoundRelease[] {
  const why = (some: FoundRelease[]): ChangeRefusal | undefined => {
    try {
      bumpRelease(checkout, releases, some, version);
      return undefined;
    } catch (error) {
      if (error instanceof ChangeRefusal) return error;
      throw error;
    }
  };
  if (wanted.length === 0 || !why(wanted)) return wanted;
  return wanted.filter(release => {
    const refusal = why([release]);
    if (refusal) leaveOut(plan, release, refusal.code, refusal.message);
    return !refusal;
  });
}

function emptyPlan(service: string, versions: string[]): KindPlan {
  return { edits: [], leftOut: [], notes: [], service, versions };
}

function leaveOut(
  plan: KindPlan,
  { tenant, environment }: FoundRelease,
  code: ChangeCode,
  text = '',
) {
  const where = environment === undefined || environment === tenant ? '' : `in ${environment} `;
  plan.leftOut.push({ tenant, code, text: `${where}${text}` });
}

function tenantOf(release: ReleaseName & Partial<Pick<FoundRelease, 'facts'>>) {
  const { displayName, tier, ring, owner } = release.facts ?? {};
  return { name: release.tenant, displayName, tier, ring, owner };
}
