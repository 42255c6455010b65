/** A tenant file with nothing but what it has to say. */
export const goodValues = {
  tenant: {
    name: 'tenant-c',
    displayName: 'Initech',
    owner: 'group:default/tenant-c-owners',
    tier: 'standard',
    ring: 2,
    contact: 'platform@example.com',
  },
  image: { repository: 'ghcr.io/acme/demo-api', tag: 'sha-1a2b3c4' },
};

/** A hold, all four keys. */
export const goodHold = {
  version: 'sha-1a2b3c4',
  reason: 'errors',
  by: 'user:default/ada',
  since: '2026-11-23T10:00:00Z',
};

/** The good file with some of its tenant's keys set; undefined takes a key away. */
export const withTenant = (changes: Record<string, unknown>) => ({
  ...goodValues,
  tenant: { ...goodValues.tenant, ...changes },
});

/** The good file with another tag. */
export const withTag = (tag: unknown) => ({
  ...goodValues,
  image: { ...goodValues.image, tag },
});

/** The good file with more values, in the tier that is named. */
export const withValues = (values: object, tier = 'standard') => ({
  ...withTenant({ tier }),
  ...values,
});
