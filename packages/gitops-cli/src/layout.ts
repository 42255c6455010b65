/** Where things are in a GitOps tree; paths from its root, with `/`. */
export const layout = {
  gitops: 'gitops',
  tenants: 'gitops/tenants',
  applications: 'gitops/apps',
  projects: 'gitops/projects',
  policy: 'gitops/policy/releases.yaml',
  root: 'gitops/bootstrap/root.yaml',
  platform: 'gitops/platform',
  imagePolicy: 'gitops/platform/policy/tenant-images.yaml',
  workloadChart: 'charts/tenant',
  fenceChart: 'charts/tenant-fence',
  schema: 'charts/tenant/values.schema.json',
} as const;

/** End of a tenant file's name. */
export const valuesSuffix = '-values.yaml';

/** Path of a tenant's file. */
export function tenantFilePath(tenant: string): string {
  return `${layout.tenants}/${tenant}${valuesSuffix}`;
}

/** The tenant that a path belongs to; `undefined` for one that is no tenant file. Not checked to be a name. */
export function tenantOfPath(path: string): string | undefined {
  return /^gitops\/tenants\/([^/]+)-values\.yaml$/.exec(path)?.[1];
}
