import { freezeFor } from '../../policy/releasePolicyRules';
import { badVersionText, requirePolicy } from '../changePolicy';
import { chooseTenants, requireService } from '../chooseTenants';
import type { Candidate } from '../judgeTenant';
import { isHeldBefore, momentOf, moveTenant } from '../moveTenant';
import { movesHoldText, passesFreezeText } from '../rollbackTexts';
import { addEdit } from './addEdit';
import { changedTenant, tagOnly } from './changedTenant';
import type { ChangeEdit, ChangeNote, KindOfChange, KindPlan } from './changeKind';

/** Moves tenants back to a version and holds them there, so that the next bump does not undo it. A freeze does not stop it. */
export const rollback: KindOfChange = {
  plan(state, request, { at, by }) {
    requirePolicy(state);
    const version = tagOnly(String(request.version));
    const choice = chooseTenants(state, request);
    const service = requireService(choice, state);
    const plan: KindPlan = {
      edits: [],
      leftOut: [...choice.leftOut],
      notes: [],
      service,
      versions: [version],
    };
    const bad = badVersionText(state, version);
    const { reason = '', hold: holds = true } = request;
    for (const one of choice.candidates) {
      const { name: tenant } = one.tenant;
      const { hold } = one.file.tenant;
      // Who is held goes on being held: a version and the hold of another contradict each other.
      const wanted = holds || hold ? { version, reason, by, since: momentOf(at) } : undefined;
      const isThere = one.file.image.tag === version;
      if (bad !== undefined) plan.leftOut.push({ tenant, code: 'BAD_VERSION', text: bad });
      else if (isThere && (!wanted || hold?.version === version)) {
        const text = `has ${version} already${hold ? ', held' : ''}`;
        plan.leftOut.push({ tenant, code: 'NOTHING_TO_CHANGE', text });
      } else if (addEdit(plan, tenant, () => edit(one, version, wanted))) {
        plan.notes.push(...notesOf(one, freezeFor(state.policy, one.file.tenant, at)));
      }
    }
    plan.notes.push({ text: lastNote(holds) });
    return plan;
  },
  title: ({ service, version, whom }) => `Roll back ${whom} to ${service} ${version}`,
};

function edit(one: Candidate, version: string, hold: Parameters<typeof moveTenant>[2]): ChangeEdit {
  const { path, before, text, from, to, ...tenant } = moveTenant(one, version, hold);
  return {
    path,
    before,
    text,
    from,
    to: hold ? `${to} (held)` : to,
    tenants: [changedTenant(tenant.tenant, tenant)],
    ...(hold ? { accepts: (there: string) => isHeldBefore(there, text, hold) } : {}),
  };
}

function notesOf({ tenant, file }: Candidate, freeze: ReturnType<typeof freezeFor>): ChangeNote[] {
  const { hold, ring } = file.tenant;
  return [
    ...(freeze ? [{ ring, text: passesFreezeText(tenant.name, freeze) }] : []),
    ...(hold ? [{ ring, text: movesHoldText(tenant.name, hold) }] : []),
  ];
}

function lastNote(holds: boolean): string {
  return holds
    ? 'The tenants stay on this version until the hold is released: bumps leave them alone.'
    : 'The tenants are not held: the next bump moves them again.';
}
