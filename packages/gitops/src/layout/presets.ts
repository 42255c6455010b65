/**
 * Layouts that many repositories have, as data: each says which files stand for a release and where the version usually stands.
 * A layout of the configuration that names one takes what it does not say itself from it. A new preset is one entry here, one
 * repository in `examples/` and its row in the test of these.
 */
export const presets = {
  'tenant-values': {
    path: 'gitops/tenants/{tenant}-values.yaml',
    versions: [{ locator: 'yaml:image.tag' }],
    facts: {
      keys: {
        displayName: 'tenant.displayName',
        owner: 'tenant.owner',
        tier: 'tenant.tier',
        ring: 'tenant.ring',
        contact: 'tenant.contact',
        hold: 'tenant.hold',
      },
    },
  },
  'kustomize-overlays': { path: 'overlays/{tenant}' },
  'values-per-tenant': { path: 'tenants/{tenant}/values.yaml' },
  'tenant-service-folders': { path: 'tenants/{tenant}/{service}/values.yaml' },
  'cluster-tenant-folders': { path: 'clusters/{cluster}/{tenant}/values.yaml' },
  'environment-folders': { path: 'environments/{environment}/{tenant}.yaml' },
  'chart-per-environment': { path: 'environments/{environment}/Chart.yaml' },
  'application-inline': { path: 'apps/{tenant}.yaml' },
} as const;

/** Name of one of the {@link presets}. */
export type PresetName = keyof typeof presets;
