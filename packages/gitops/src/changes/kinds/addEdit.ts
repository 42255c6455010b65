import { EditError } from '../../locate/EditError';
import type { ChangeEdit, KindPlan } from './changeKind';

/**
 * Adds the edit of a tenant's file to a plan; a file that cannot be edited is left out, and no other with it.
 *
 * @returns whether it was added
 */
export function addEdit(plan: KindPlan, tenant: string, make: () => ChangeEdit): boolean {
  try {
    plan.edits.push(make());
    return true;
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    const text = `has a file that cannot be changed: ${error.message}`;
    plan.leftOut.push({ tenant, code: 'CONFLICT', text });
    return false;
  }
}
