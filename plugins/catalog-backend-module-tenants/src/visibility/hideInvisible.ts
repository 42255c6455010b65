import type {
  AuthService,
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { changeAnswer, inputError, readBody, type Handler } from './answers';
import { fleetReadPermission } from '@internal/plugin-tenant-releases-common';
import { hideRepository, type HiddenRepository } from './hideRepository';
import { forbiddenKey } from './relationQueries';
import { hideRelations, relatedRefs } from './relations';

/** What {@link hideInvisible} needs. */
export interface HideInvisibleOptions {
  auth: AuthService;
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  /** The one whose address is for who sees the fleet. */
  repository: HiddenRepository;
}

/** `catalogEntityReadPermission` of @backstage/plugin-catalog-common. */
const readPermission = {
  type: 'resource',
  name: 'catalog.entity.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
} as const;

/** Refs in one question to the catalog. */
const refsAtOnce = 1000;

/**
 * Stands in front of the catalog's API, which checks entities, not what visible entities tell about others: a service lists
 * every tenant that depends on it. Callers who may not read everything get no relations with entities that they may not
 * read, cannot search by such relations, and cannot call the catalog's actions, which answer past this. Who does not see the
 * fleet gets no address in the GitOps repository.
 */
export function hideInvisible(options: HideInvisibleOptions): Handler {
  return (request, response, next) => {
    const handle = async () => {
      const credentials = await options.httpAuth.credentials(request);
      if (await seesEverything(options, credentials)) return;
      if (request.path.startsWith('/.backstage/actions/') && request.method === 'POST') {
        throw Object.assign(new Error('Not allowed'), { name: 'NotAllowedError' });
      }
      const { searchParams } = new URL(request.originalUrl, 'http://catalog');
      const key = forbiddenKey(searchParams, await readBody(request));
      if (key) throw inputError(`"${key}" cannot be searched by`);
      const [fleet] = await options.permissions.authorize([{ permission: fleetReadPermission }], {
        credentials,
      });
      changeAnswer(
        response,
        async answer => {
          hideRelations(answer, await visibleOf(options, credentials, relatedRefs(answer)));
          if (`${fleet.result}` !== 'ALLOW') hideRepository(answer, options.repository);
        },
        next,
      );
    };
    handle().then(() => next(), next);
  };
}

async function seesEverything(
  { auth, permissions }: HideInvisibleOptions,
  credentials: BackstageCredentials,
): Promise<boolean> {
  if (!auth.isPrincipal(credentials, 'user')) return true;
  const [{ result }] = await permissions.authorizeConditional([{ permission: readPermission }], {
    credentials,
  });
  return `${result}` === 'ALLOW';
}

async function visibleOf(
  { catalog }: HideInvisibleOptions,
  credentials: BackstageCredentials,
  refs: ReadonlySet<string>,
): Promise<Set<string>> {
  const all = [...refs];
  const visible = new Set<string>();
  for (let at = 0; at < all.length; at += refsAtOnce) {
    const { items } = await catalog.getEntitiesByRefs(
      {
        entityRefs: all.slice(at, at + refsAtOnce),
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials },
    );
    for (const entity of items) if (entity) visible.add(stringifyEntityRef(entity));
  }
  return visible;
}
