/** Everybody who may call, by what matters for what they may do. */
export const callers = [
  'anonymous',
  'expired',
  'noTenant',
  'viewer',
  'ownerA',
  'ownerB',
  'platform',
  'service',
  /** Was in tenant-a's group at the sign-in, and is not any more. */
  'removed',
  /** Was of the platform at the sign-in, and is not in the catalog any more. */
  'gone',
] as const;

/** One of {@link callers}. */
export type Caller = (typeof callers)[number];

/** The people behind the callers, with their groups at the time when they signed in. */
export const people: Partial<Record<Caller, { user: string; groups: string[] }>> = {
  expired: { user: 'user:default/ada', groups: ['group:default/platform'] },
  noTenant: { user: 'user:default/dev', groups: ['group:default/developers'] },
  viewer: { user: 'user:default/vera', groups: ['group:default/support'] },
  ownerA: { user: 'user:default/otto', groups: ['group:default/tenant-a-owners'] },
  ownerB: { user: 'user:default/berta', groups: ['group:default/tenant-b-owners'] },
  platform: { user: 'user:default/ada', groups: ['group:default/platform'] },
  removed: { user: 'user:default/rita', groups: ['group:default/tenant-a-owners'] },
  gone: { user: 'user:default/carl', groups: ['group:default/platform'] },
};

/** The catalog's side of it, besides the repository's own catalog-info.yaml. */
export const furtherEntities = `${crowd()}
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: support }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: vera }
spec: { memberOf: [support] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: rita }
spec: { memberOf: [] }
---
# As a group that came with a tenant: it names its members, and they do not name it.
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: tenant-a-team }
spec: { type: team, children: [], members: [otto, olga] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: olga }
spec: { memberOf: [] }
---
# Works for two customers.
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: cleo }
spec: { memberOf: [tenant-a-owners, tenant-b-owners] }
---
# Everybody sees the platform's people, but not whom this one works for.
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: paul }
spec: { memberOf: [platform, tenant-b-owners] }
`;

/** So many people of the platform that a decision about them names their group, not each of them. */
function crowd(): string {
  const names = Array.from({ length: 20 }, (_, index) => `member-${index}`);
  return names
    .map(
      name => `
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ${name} }
spec: { memberOf: [platform] }
---`,
    )
    .join('');
}
