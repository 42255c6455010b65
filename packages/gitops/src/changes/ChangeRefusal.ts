import type { ChangeCode, LeftOutTenant } from '@internal/plugin-tenant-releases-common';

/**
 * A change is refused as a whole; the message says why and what to do. Its name is that of Backstage's error for 409.
 *
 * @see https://backstage.io/api/stable/classes/_backstage_errors.ConflictError.html
 */
export class ChangeRefusal extends Error {
  override name = 'ConflictError';

  /** @param leftOut - whom it does not reach, when that is everybody */
  constructor(
    message: string,
    readonly code: ChangeCode = 'CONFLICT',
    readonly leftOut: readonly LeftOutTenant[] = [],
  ) {
    super(message);
  }
}

/** A field of a request is wrong; the message names the field and the cure. Its name is that of Backstage's error for 400. */
export class InvalidChange extends Error {
  override name = 'InputError';

  constructor(readonly field: string, problem: string) {
    super(`${field}: ${problem}`);
  }
}

/** There is no such tenant, or the caller may not see it. Its name is that of Backstage's error for 404. */
export class UnknownTenant extends Error {
  override name = 'NotFoundError';

  constructor(readonly tenant: string) {
    super(`tenants: there is no tenant ${tenant}`);
  }
}
