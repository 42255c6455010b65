import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { ChangeRefusal } from '@internal/gitops';
import type { ChangeCode, LeftOutTenant } from '@internal/plugin-tenant-releases-common';
import { ownTexts } from '../permissions/ownRelease';

/**
 * What is said to people who do not see the fleet in place of texts that are the policy's own, or may name other tenants: see
 * ownRelease.
 */
const texts: Partial<Record<ChangeCode, string | undefined>> = {
  FROZEN: ownTexts.FROZEN,
  BAD_VERSION: ownTexts.BAD_VERSION,
  CONFLICT: 'It cannot be changed by itself. The platform team has to look at it.',
};

/** Why a change does not reach somebody's own tenant, as they are told. */
export function ownLeftOut({ tenant, code, text }: LeftOutTenant): LeftOutTenant {
  return { tenant, code, text: texts[code] ?? text };
}

/** A refusal as it is told to somebody who does not see the fleet: it names neither the repository nor other tenants. */
export function ownRefusal(error: unknown): unknown {
  if (error instanceof ChangeRefusal) {
    const { message, code, leftOut } = error;
    return new ChangeRefusal(texts[code] ?? message, code, leftOut.map(ownLeftOut));
  }
  if (error instanceof ConflictError) {
    return new ConflictError('It could not be written. The platform team has to look at it.');
  }
  if (error instanceof ServiceUnavailableError) {
    return new ServiceUnavailableError(
      'It cannot be written for now. What was typed is not lost: send it again later.',
    );
  }
  return error;
}
