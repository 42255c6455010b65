import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import templateModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import catalogModuleTenants from '@internal/plugin-catalog-backend-module-tenants';
import permissionModuleTenants from '@internal/plugin-permission-backend-module-tenants';
import tenantReleasesPlugin from '@internal/plugin-tenant-releases-backend';
import {
  configFor,
  eventually,
  startUpstreams,
  tenantFile,
  tenantPath,
  type Upstreams,
} from '@internal/plugin-tenant-releases-backend/testUtils';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { furtherEntities, people, type Caller } from './callers';
import { createIdentities } from './identities';

const root = path.resolve(__dirname, '../../../..');
const serviceToken = 'a-service-of-the-company';

/** What a portal answered. */
export interface Answer {
  status: number;
  text: string;
  headers: Headers;
}

/** The portal's plugins with real sign-in, permissions and catalog, over upstreams in memory. */
export interface TestPortal {
  upstreams: Upstreams;
  /** Calls `/api<path>`. */
  call(caller: Caller, path: string, init?: RequestInit): Promise<Answer>;
  /** The same, with the answer as it comes in. */
  open(caller: Caller, path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** The folder of the tenant files, as the Git host's archive holds it. */
function readTreeOf({ commits }: Upstreams['github']): UrlReaderService['readTree'] {
  return async (_url, { filter = () => true } = {}) => {
    const head = commits.at(-1)!;
    const folder = path.dirname(tenantPath('tenant-a'));
    const files = [...head.files].flatMap(([name, text]) => {
      const inFolder = path.relative(folder, name);
      return filter(inFolder) ? [{ path: inFolder, content: async () => Buffer.from(text) }] : [];
    });
    return { etag: head.sha, files: async () => files } as never;
  };
}

/** Starts a portal with tenant-a and tenant-b, and an Application that belongs to nobody. */
export async function startPortal(): Promise<TestPortal> {
  const upstreams = await startUpstreams();
  for (const tenant of ['tenant-a', 'tenant-b']) {
    const version = `sha-${tenant.at(-1)}`;
    upstreams.github.commit({ [tenantPath(tenant)]: tenantFile(tenant, version) });
    upstreams.argocd.set(tenant, { revision: 'abcdef0' });
    upstreams.kubernetes.set(`${tenant}-1`, { tenant, version, ready: true });
  }
  upstreams.argocd.set('stray', {});
  const identities = await createIdentities();
  const folder = await mkdtemp(path.join(tmpdir(), 'portal-test-'));
  await writeFile(path.join(folder, 'further.yaml'), furtherEntities);
  const { tenantReleases, ...others } = configFor(upstreams);
  const location = (target: string, ...kinds: string[]) => ({
    type: 'file',
    target,
    rules: [{ allow: kinds }],
  });
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          ...others,
          app: { baseUrl: 'http://localhost' },
          auth: { ...identities.config, providers: {} },
          backend: {
            baseUrl: 'http://localhost',
            auth: {
              externalAccess: [
                { type: 'static', options: { token: serviceToken, subject: 'a-service' } },
              ],
            },
          },
          catalog: {
            locations: [
              location(
                path.join(root, 'catalog-info.yaml'),
                ...['Component', 'System', 'Domain', 'Resource', 'User', 'Group'],
              ),
              location(path.join(folder, 'further.yaml'), 'User', 'Group'),
              location(path.join(root, 'templates/new-tenant/template.yaml'), 'Template'),
            ],
          },
          events: { useEventBus: 'never' },
          kubernetes: {
            serviceLocatorMethod: { type: 'multiTenant' },
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [
                  {
                    name: 'in-cluster',
                    url: upstreams.kubernetes.url,
                    authProvider: 'serviceAccount',
                    serviceAccountToken: 'kubernetes-token',
                  },
                ],
              },
            ],
          },
          permission: { enabled: true },
          tenantReleases: {
            ...(tenantReleases as object),
            access: { viewerGroups: ['group:default/support'] },
          },
        },
      }),
      authServiceFactory,
      httpAuthServiceFactory,
      permissionsServiceFactory,
      // What the auth backend noted when they signed in.
      mockServices.userInfo.mock({
        getUserInfo: async ({ principal }) => {
          const { userEntityRef } = principal as { userEntityRef: string };
          const known = Object.values(people).find(({ user }) => user === userEntityRef);
          return { userEntityRef, ownershipEntityRefs: [userEntityRef, ...(known?.groups ?? [])] };
        },
      }).factory,
      mockServices.urlReader.mock({ readTree: readTreeOf(upstreams.github) }).factory,
      authPlugin,
      catalogPlugin,
      catalogModuleTenants,
      templateModel,
      kubernetesPlugin,
      permissionPlugin,
      scaffolderPlugin,
      permissionModuleTenants,
      tenantReleasesPlugin,
    ],
  });
  const tokenOf = (caller: Caller) => {
    if (caller === 'service') return serviceToken;
    const person = people[caller];
    const expiresIn = caller === 'expired' ? -60 : undefined;
    return person && identities.token(person.user, { expiresIn });
  };
  const open = (caller: Caller, target: string, init: RequestInit = {}) => {
    const token = tokenOf(caller);
    return fetch(`http://localhost:${backend.server.port()}/api${target}`, {
      ...init,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...(init.headers as Record<string, string>),
      },
    });
  };
  const call = async (caller: Caller, target: string, init?: RequestInit) => {
    const response = await open(caller, target, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  await eventually(async () => {
    const { text } = await call('platform', '/tenant-releases/versions');
    return text.includes('sha-a') && text.includes('sha-b');
  }, true);
  await eventually(
    async () => {
      const { text } = await call('platform', '/catalog/entities?fields=kind,metadata.name');
      return [
        ...'demo-api vera rita new-tenant tenant-a tenant-b otto berta ada dev'.split(' '),
      ].every(name => text.includes(`"${name}"`));
    },
    true,
    30_000,
  );
  return {
    upstreams,
    open,
    call,
    async stop() {
      await backend.stop();
      await Promise.all([
        ...Object.values(upstreams).map(upstream => upstream.stop()),
        identities.close(),
        rm(folder, { recursive: true }),
      ]);
    },
  };
}
