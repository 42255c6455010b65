import { InputError } from '@backstage/errors';
import type { AnyAction } from './audited';

/** What stands against onboarding where `tenantReleases.gitops.layouts` says where releases are. */
export const foreignLayout =
  'The portal cannot add a tenant here: it would write files of its own layout, and this repository has another. ' +
  'Add the tenant by a pull request of your own; the portal shows it once it is merged.';

/** The action, doing nothing but saying why it cannot be done. */
export function refused<A extends AnyAction>(why: string, action: A): A {
  const handler = async () => {
    throw new InputError(why);
  };
  return { ...action, handler };
}
