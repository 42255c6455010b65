import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { HiddenReleaseError } from '../permissions/HiddenReleaseError';
import type { ReleaseAccess, ReleasePermission } from '../permissions/ReleaseAccess';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import type { ReleaseRef } from '../releases/ReleaseRef';

/**
 * The release that a request names, of which something is to be told.
 *
 * @throws ConflictError for one that more than one repository names
 * @throws as {@link findAnyRelease} does
 */
export async function findRelease(
  ...parameters: Parameters<typeof findAnyRelease>
): Promise<ReleaseRef> {
  const ref = await findAnyRelease(...parameters);
  if (!ref.conflict) return ref;
  throw new ConflictError(
    'More than one GitOps repository names this release, so that nobody knows which is meant',
  );
}

/**
 * The release that a request names, also one that more than one repository names.
 *
 * Of a tenant's service that is in several environments the first is meant, unless one is named.
 *
 * @param permission - what the caller needs besides reading the release
 * @throws ServiceUnavailableError while Git has never answered, for every release that is not known or not the caller's
 * @throws NotFoundError, NotAllowedError as {@link ReleaseAccess.require} does
 */
export async function findAnyRelease(
  { board, access }: { board: ReleaseBoard; access: ReleaseAccess },
  credentials: BackstageCredentials,
  { tenant, service, environment }: { tenant: string; service?: string; environment?: string },
  permission?: ReleasePermission,
): Promise<ReleaseRef> {
  const ref = board
    .ofTenant(tenant)
    .find(
      other =>
        (service === undefined || other.service === service) &&
        (environment === undefined || other.environment === environment),
    );
  await access.require(credentials, ref && board.resource(ref), permission).catch(error => {
    // Then a release that Argo CD alone tells of is refused as one of which nobody knows.
    if (!(error instanceof HiddenReleaseError) || board.isReady()) throw error;
    throw new ServiceUnavailableError('Git has not answered yet, so nobody knows the tenants');
  });
  // A release that is not there has been refused.
  if (!ref) throw new NotFoundError('No such release');
  return ref;
}
