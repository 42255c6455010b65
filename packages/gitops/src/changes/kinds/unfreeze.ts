import type { LeftOutTenant } from '@internal/plugin-tenant-releases-common';
import { freezeSubject } from '../../blast/policyChanges';
import type { PolicyFreeze } from '../../policy/releasePolicy';
import { isFreezeOf } from '../../policy/releasePolicyRules';
import { shorten } from '../../text/shorten';
import { editPolicy, requirePolicy } from '../changePolicy';
import type { ChangeState } from '../changeState';
import { chooseTenants, type Choice } from '../chooseTenants';
import type { Candidate } from '../judgeTenant';
import { removeItem } from '../listEntries';
import { changedTenant } from './changedTenant';
import type { KindOfChange } from './changeKind';

/** Ends the freezes of tenants, those too that have not begun. */
export const unfreeze: KindOfChange = {
  plan(state, request, { at }) {
    requirePolicy(state);
    const choice = chooseTenants(state, request);
    const ends = state.policy.freezes.map(one =>
      Date.parse(one.until) > at.getTime() ? endOf(one, choice, state) : {},
    );
    const ended = new Set(ends.flatMap(({ tenants = [] }) => tenants));
    const isChanged = ends.some(({ isWhole, names }) => isWhole || names);
    const stays = ends.flatMap(({ leftOut = [] }) => leftOut);
    const leftOut = choice.candidates.flatMap(({ tenant: { name: tenant } }) => {
      const other = stays.find(one => one.tenant === tenant);
      if (other) return other;
      return ended.has(tenant)
        ? []
        : { tenant, code: 'NOTHING_TO_CHANGE' as const, text: 'is not frozen' };
    });
    const { policyText, places } = state;
    return {
      edits: isChanged
        ? [
            {
              path: places.policyPath,
              before: policyText,
              text: editPolicy(state, text => withoutFreezes(text, ends)).text,
              tenants: choice.candidates.flatMap(({ tenant, file }) =>
                ended.has(tenant.name) ? changedTenant(tenant.name, file.tenant) : [],
              ),
              from: 'frozen',
            },
          ]
        : [],
      leftOut: [...choice.leftOut, ...leftOut],
      notes: [{ text: 'Versions may change again as soon as this is merged.' }],
      ...(choice.service === undefined ? {} : { service: choice.service }),
      versions: [],
    };
  },
  title: ({ whom }) => `End the freeze of ${whom}`,
};

/** What becomes of a freeze. */
interface End {
  isWhole?: boolean;
  /** Indexes in its list of tenants. */
  names?: number[];
  /** Whom it does not bind any more. */
  tenants?: string[];
  leftOut?: LeftOutTenant[];
}

function endOf(one: PolicyFreeze, { candidates, isEverybody }: Choice, state: ChangeState): End {
  const bound = candidates.filter(({ file }) => isFreezeOf(one, file.tenant));
  const chosen = new Set(bound.map(({ tenant }) => tenant.name));
  const all = state.tenants.filter(({ file, name }) =>
    file ? isFreezeOf(one, file.tenant) : one.tenants?.includes(name),
  );
  const isWhole = isEverybody || (chosen.size > 0 && all.every(({ name }) => chosen.has(name)));
  // One for everybody binds tenants that come later, too.
  if (isWhole && (isEverybody || !one.all)) return { isWhole, tenants: [...chosen] };
  const isNamed = ({ file }: Candidate) => !isFreezeOf({ ...one, tenants: undefined }, file.tenant);
  const names = (one.tenants ?? []).flatMap((name, index) => (chosen.has(name) ? index : []));
  return {
    ...(names.length > 0 ? { names } : {}),
    tenants: bound.filter(isNamed).map(({ tenant }) => tenant.name),
    leftOut: bound
      .filter(candidate => !isNamed(candidate))
      .map(({ tenant }) => ({
        tenant: tenant.name,
        code: 'FROZEN',
        text: `is frozen with ${freezeSubject({ ...one, tenants: undefined })} until ${
          one.until
        } (${shorten(one.reason)}): end the freeze of all of them`,
      })),
  };
}

/** From the last on, so that the places of the others stay. */
function withoutFreezes(text: string, ends: readonly End[]): string {
  return ends.reduceRight((now, { isWhole, names = [] }, index) => {
    if (isWhole) return removeItem(now, ['freezes'], index);
    return names.reduceRight(
      (left, at) => removeItem(left, ['freezes', index, 'tenants'], at),
      now,
    );
  }, text);
}
