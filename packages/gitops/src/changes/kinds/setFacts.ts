import { tenantFactsSchema, type TenantFacts } from '../../tenantFile/tenantFileSchema';
import { wordsOf } from '../../tenantFile/tenantFileProblems';
import { displayNameProblem } from '../../facts/displayName';
import { chooseTenants } from '../chooseTenants';
import type { ChangeState } from '../changeState';
import { InvalidChange } from '../ChangeRefusal';
import { setScalar } from '../setScalar';
import { addEdit } from './addEdit';
import { changedTenant } from './changedTenant';
import type { KindOfChange, KindPlan } from './changeKind';

/** Sets facts of tenants: tier, ring, owner, contact, display name. */
export const setFacts: KindOfChange = {
  plan(state, request) {
    const facts = readFacts(state, request.set);
    const choice = chooseTenants(state, request);
    const plan: KindPlan = {
      edits: [],
      leftOut: [...choice.leftOut],
      notes: [],
      ...(choice.service === undefined ? {} : { service: choice.service }),
      versions: [],
    };
    for (const { tenant, file, text: before } of choice.candidates) {
      const changed = facts.filter(([fact, value]) => file.tenant[fact] !== value);
      if (changed.length === 0) {
        const words = facts.map(([fact, value]) => `${fact} ${value}`).join(', ');
        plan.leftOut.push({
          tenant: tenant.name,
          code: 'NOTHING_TO_CHANGE',
          text: `has ${words} already`,
        });
        continue;
      }
      addEdit(plan, tenant.name, () => ({
        path: tenant.path,
        before,
        text: changed.reduce(
          (text, [fact, value]) => setScalar(text, ['tenant', fact], value),
          before,
        ),
        from: changed.map(([fact]) => `${fact} ${file.tenant[fact]}`).join(', '),
        to: changed.map(([fact, value]) => `${fact} ${value}`).join(', '),
        tenants: [changedTenant(tenant.name, { ...file.tenant, ...Object.fromEntries(changed) })],
      }));
    }
    return plan;
  },
  title: ({ request, whom }) => `Set ${Object.keys(request.set ?? {}).join(', ')} of ${whom}`,
};

type Fact = keyof TenantFacts;

/** @throws InvalidChange for a value that a tenant file does not take */
function readFacts(state: ChangeState, facts: unknown): Array<[Fact, string | number]> {
  const parsed = tenantFactsSchema.safeParse(facts);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = ['tenant', ...issue.path];
    const [{ problem, cure }] = wordsOf({ ...issue, path }, { tenant: facts });
    throw new InvalidChange(['set', ...issue.path].join('.'), `${problem}: ${cure}`);
  }
  const { ring, displayName } = parsed.data;
  const name = displayName === undefined ? undefined : displayNameProblem(displayName);
  if (name) throw new InvalidChange('set.displayName', name.replace('displayName: ', ''));
  const rings = state.policy.rings.map(one => one.ring);
  // A policy without rings knows none, and so binds nobody.
  if (ring !== undefined && rings.length > 0 && !rings.includes(ring)) {
    const words = `there is no ring ${ring}: choose one of ${rings.join(', ')}`;
    throw new InvalidChange('set.ring', words);
  }
  return Object.entries(parsed.data) as Array<[Fact, string | number]>;
}
