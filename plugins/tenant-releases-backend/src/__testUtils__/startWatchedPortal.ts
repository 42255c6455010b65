import { mockCredentials } from '@backstage/backend-test-utils';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult, type Permission } from '@backstage/plugin-permission-common';
import {
  serviceTenantsReadPermission,
  type releaseReadPermission,
} from '@internal/plugin-tenant-releases-common';
import {
  createTenantReleaseConditionalDecision,
  createTenantServiceConditionalDecision,
  tenantReleaseConditions,
  tenantServiceConditions,
} from '@internal/plugin-tenant-releases-node';
import { tenantFile, tenantPath } from './FakeGithub';
import { configFor, startTestPortal, startUpstreams, type TestPortal } from './startTestPortal';

/** People who do not see the fleet, and the one who does. */
export const persons = {
  owner: 'user:default/otto',
  /** Owns the service, and sees numbers. */
  developer: 'user:default/dev',
  /** Owns the service, and sees names. */
  trusted: 'user:default/nora',
  /** Is in no group. */
  nobody: 'user:default/gus',
  platform: 'user:default/ada',
} as const;

/** One of {@link persons}. */
export type Person = keyof typeof persons;

/** The name of another tenant. */
export const other = 'quux';
/** Is in each text that was written about others, or leads to the operator's places. */
export const secret = 'zzleak';
/** A version that only the other tenant has. */
export const otherVersion = 'sha-bbbbbbb';

/** What each person may do, as the default policy says it. */
function decide(permission: Permission, user: string) {
  if (user === persons.platform) return { result: AuthorizeResult.ALLOW };
  if ('resourceType' in permission && permission.resourceType === 'tenant-service') {
    const isNames = permission.name === serviceTenantsReadPermission.name;
    if (isNames && user !== persons.trusted) return { result: AuthorizeResult.DENY };
    const isOwner = user === persons.developer || user === persons.trusted;
    return createTenantServiceConditionalDecision(
      permission as never,
      tenantServiceConditions.isServiceOwner({
        claims: [user, ...(isOwner ? ['group:default/developers'] : [])],
      }),
    );
  }
  return createTenantReleaseConditionalDecision(
    permission as typeof releaseReadPermission,
    tenantReleaseConditions.isTenantOwner({
      claims: [user, ...(user === persons.owner ? ['group:default/tenant-a-owners'] : [])],
    }),
  );
}

const userOf = (credentials: BackstageCredentials) =>
  (credentials.principal as { userEntityRef: string }).userEntityRef;

/** A portal over upstreams in which every text that the owner of tenant-a must not read holds {@link secret}. */
export async function startWatchedPortal(): Promise<TestPortal> {
  const upstreams = await startUpstreams();
  const { github, argocd, kubernetes, prometheus } = upstreams;
  const made = { message: `onboard ${other} ${secret}`, author: secret };
  github.commit(
    {
      [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1111111'),
      [tenantPath(other)]: tenantFile(other, otherVersion, { owner: `group:default/${secret}` }),
    },
    made,
  );
  github.commit(
    {
      [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-2222222'),
      'gitops/tenants/broken-values.yaml': `tenant: [${secret}`,
      'gitops/policy/releases.yaml': `rings: [{ ring: 1, name: ${secret} }]
badVersions: [{ version: sha-2222222, reason: ${secret}, since: 2026-01-01T00:00:00Z }]
freezes: [{ all: true, from: 2020-01-01T00:00:00Z, until: 2099-01-01T00:00:00Z, reason: ${secret} }]
`,
    },
    { ...made, pullRequest: 90_142, mergedBy: secret },
  );
  const revision = github.commits.at(-1)!.sha;
  github.pulls.push({
    number: 90_143,
    head: 'onboard/pending',
    sha: revision,
    title: secret,
    body: `Requested by: \`user:default/${secret}\``,
  });
  github.serviceCommits.set(
    'demo-api',
    new Map(
      ['2222222', '1111111', 'bbbbbbb'].map(start => [
        start,
        {
          oid: start.padEnd(40, '0'),
          url: `https://git.example.com/acme/demo-api/commit/${start}`,
          message: `fix: what ${secret} asked for`,
          committedDate: '2026-01-01T00:00:00Z',
          author: { name: secret, email: null, user: null },
          associatedPullRequests: { nodes: [] },
        },
      ]),
    ),
  );
  argocd.set('tenant-a', { revision, phase: 'Failed', message: `${secret} at 10.9.9.9` });
  argocd.set(other, { revision });
  argocd.set(`${secret}-stray`, {});
  kubernetes.set('a-1', { tenant: 'tenant-a', version: 'sha-2222222', ready: true });
  kubernetes.set('b-1', { tenant: other, version: otherVersion, ready: true });
  const alert = {
    labels: { alertname: secret, namespace: 'tenant-a' },
    annotations: { summary: `${secret} at 10.9.9.9:8000` },
    state: 'firing',
  };
  prometheus.rules = { groups: [{ rules: [{ alerts: [alert] }] }] };
  const config = configFor(upstreams) as { tenantReleases: object; kubernetes: never };
  const clusters = config.kubernetes as { clusterLocatorMethods: [{ clusters: object[] }] };
  // A cluster of one customer, which does not answer.
  clusters.clusterLocatorMethods[0].clusters.push({
    name: `${secret}-cluster`,
    url: 'http://127.0.0.1:9',
    serviceAccountToken: 'x',
  });
  const services = [{ name: 'demo-api', repository: 'https://git.example.com/acme/demo-api' }];
  return startTestPortal(upstreams, {
    config: { ...config, tenantReleases: { ...config.tenantReleases, services } },
    permissions: {
      authorize: async (requests: unknown[], { credentials }: never) =>
        requests.map(() => ({
          result:
            userOf(credentials) === persons.platform ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
        })),
      authorizeConditional: async (
        requests: Array<{ permission: Permission }>,
        { credentials }: never,
      ) => requests.map(({ permission }) => decide(permission, userOf(credentials))),
    } as never,
    features: [
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { name: 'demo-api', namespace: 'default' },
            relations: [{ type: 'ownedBy', targetRef: 'group:default/developers' }],
          },
        ],
      }),
    ],
  });
}

/** The header by which a person is known. */
export function authorizationOf(person: Person | 'unauthenticated'): string {
  return person === 'unauthenticated'
    ? mockCredentials.none.header()
    : mockCredentials.user.header(persons[person]);
}
