import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import {
  changeCreatePermission,
  fleetChangePermission,
  fleetReadPermission,
  releaseReadPermission,
  type ChangeKind,
  type ChangeRequest,
} from '@internal/plugin-tenant-releases-common';
import { HiddenReleaseError } from '../permissions/HiddenReleaseError';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import type { ReleaseBoard } from '../releases/ReleaseBoard';

/** How much somebody may change. */
export interface Changer {
  /** May change several tenants, and what holds for all of them. */
  isPlatform: boolean;
  /** Sees the places of the operator. */
  seesFleet: boolean;
  /**
   * Lets pass when each of these tenants may be changed.
   *
   * @throws HiddenReleaseError for one that is not there, or that may not be seen
   * @throws NotAllowedError
   */
  requireTenants(tenants: readonly string[]): void;
}

/** What changes the rules of everybody. */
const ofPlatform: ReadonlySet<ChangeKind> = new Set(['mark-bad', 'clear-bad']);
/** Facts of a tenant that say what it pays for, and when it gets new versions, are the platform's. */
const ownFacts: ReadonlySet<string> = new Set(['contact', 'displayName']);
const who = 'the platform team may';

/** Who may change which releases: the owners of a tenant that one, in the order of the rings; the platform group all of them. */
export class ChangeAccess {
  readonly #access: Pick<ReleaseAccess, 'check' | 'held'>;
  readonly #board: Pick<ReleaseBoard, 'isReady' | 'ofTenant' | 'resource'>;

  constructor(
    access: Pick<ReleaseAccess, 'check' | 'held'>,
    board: Pick<ReleaseBoard, 'isReady' | 'ofTenant' | 'resource'>,
  ) {
    this.#access = access;
    this.#board = board;
  }

  /** @throws NotAllowedError that says why, and who may, before anything is looked at */
  async changer(credentials: BackstageCredentials, request: ChangeRequest): Promise<Changer> {
    const [isPlatform, seesFleet] = await this.#access.held(credentials, [
      fleetChangePermission,
      fleetReadPermission,
    ]);
    const mayRead = await this.#access.check(credentials, releaseReadPermission);
    const mayChange = await this.#access.check(credentials, changeCreatePermission);
    const requireTenants = (tenants: readonly string[]) => {
      for (const tenant of tenants) {
        const refs = this.#board.ofTenant(tenant);
        const resources = refs.map(ref => this.#board.resource(ref));
        if (resources.length === 0 && !this.#board.isReady()) {
          throw new ServiceUnavailableError(
            'Git has not answered yet, so nobody knows the tenants',
          );
        }
        if (resources.length === 0 || !resources.every(mayRead)) {
          throw new HiddenReleaseError(resources.length > 0);
        }
        if (!resources.every(mayChange)) {
          throw new NotAllowedError(
            `You may not change ${tenant}: its owners and ${who} (${changeCreatePermission.name})`,
          );
        }
      }
    };
    if (!isPlatform) requireOwn(request);
    if (request.tenants) requireTenants(request.tenants);
    return { isPlatform, seesFleet: seesFleet || isPlatform, requireTenants };
  }
}

/** @throws NotAllowedError for what is more than one tenant's own */
function requireOwn({ kind, tenants = [], set = {} }: ChangeRequest): void {
  const refuse = (why: string) => {
    throw new NotAllowedError(`${why}: ${who} (${fleetChangePermission.name})`);
  };
  if (ofPlatform.has(kind)) refuse(`${kind} is for all tenants`);
  if (tenants.length === 0) refuse('You may change your own tenants only: name one');
  if (tenants.length > 1) refuse('You may change one tenant at a time');
  const fact = Object.keys(set).find(name => !ownFacts.has(name));
  if (fact !== undefined) refuse(`You may not set ${fact} of a tenant`);
}
