import { shorten } from '../../text/shorten';
import { chooseTenants, requireService } from '../chooseTenants';
import { isHeldBefore, momentOf } from '../moveTenant';
import { setHold } from '../setHold';
import { addEdit } from './addEdit';
import { changedTenant, tagOnly } from './changedTenant';
import type { KindOfChange, KindPlan } from './changeKind';

/** Holds tenants at the version that they have. */
export const hold: KindOfChange = {
  plan(state, request, { at, by }) {
    const version = request.version === undefined ? undefined : tagOnly(String(request.version));
    const choice = chooseTenants(state, request);
    // A version is one of a service.
    const service = version === undefined ? choice.service : requireService(choice, state);
    const plan: KindPlan = {
      edits: [],
      leftOut: [...choice.leftOut],
      notes: [
        {
          text: 'The tenants stay on this version until the hold is released: bumps leave them alone.',
        },
      ],
      ...(service === undefined ? {} : { service }),
      versions: [],
    };
    const { reason = '' } = request;
    for (const { tenant, file, text: before } of choice.candidates) {
      const { tag } = file.image;
      const former = file.tenant.hold;
      const leaveOut = (code: 'CONFLICT' | 'HELD' | 'NOTHING_TO_CHANGE', text: string) =>
        plan.leftOut.push({ tenant: tenant.name, code, text });
      if (version !== undefined && tag !== version) {
        leaveOut('CONFLICT', `has ${tag}, not ${version}: promote it or roll it back first`);
      } else if (former) {
        const words = `is held at ${former.version} by ${shorten(former.by, 60)}: ${shorten(
          former.reason,
        )}`;
        leaveOut(former.reason === reason ? 'NOTHING_TO_CHANGE' : 'HELD', words);
      } else {
        addEdit(plan, tenant.name, () => {
          const wanted = { version: tag, reason, by, since: momentOf(at) };
          const text = setHold(before, wanted);
          plan.versions.push(tag);
          return {
            path: tenant.path,
            before,
            text,
            from: tag,
            to: `${tag} (held)`,
            tenants: [changedTenant(tenant.name, file.tenant)],
            accepts: there => isHeldBefore(there, text, wanted),
          };
        });
      }
    }
    plan.versions = [...new Set(plan.versions)];
    return plan;
  },
  title: ({ version, whom }) => `Hold ${whom} at ${version}`,
};
