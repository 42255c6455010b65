import { chooseTenants } from '../chooseTenants';
import { releaseHold as withoutHold } from '../setHold';
import { addEdit } from './addEdit';
import { changedTenant } from './changedTenant';
import type { KindOfChange, KindPlan } from './changeKind';

/** Ends the holds of tenants, so that bumps move them again. */
export const releaseHold: KindOfChange = {
  plan(state, request) {
    const choice = chooseTenants(state, request);
    const plan: KindPlan = {
      edits: [],
      leftOut: [...choice.leftOut],
      notes: [{ text: 'The next bump moves the tenants again.' }],
      ...(choice.service === undefined ? {} : { service: choice.service }),
      versions: [],
    };
    for (const { tenant, file, text: before } of choice.candidates) {
      const { hold } = file.tenant;
      if (!hold) {
        plan.leftOut.push({ tenant: tenant.name, code: 'NOTHING_TO_CHANGE', text: 'is not held' });
        continue;
      }
      addEdit(plan, tenant.name, () => ({
        path: tenant.path,
        before,
        text: withoutHold(before),
        from: `${file.image.tag} (held)`,
        to: file.image.tag,
        tenants: [changedTenant(tenant.name, file.tenant)],
      }));
    }
    return plan;
  },
  title: ({ whom }) => `Release the hold of ${whom}`,
};
