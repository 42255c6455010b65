import { readGitopsLayout, type GitopsLayout } from '../config/gitopsConfig';

/** Where tenant files and the policy are; from the same configuration as the portal's. */
export type TreePlaces = GitopsLayout;

/** The places of a tree that nothing is configured for. */
export const defaultPlaces: TreePlaces = readGitopsLayout({ getOptional: () => undefined });

/** Where things are in a GitOps tree; paths from its root, with `/`. Tenant files and policy: unless configured otherwise. */
export const layout = {
  gitops: 'gitops',
  tenants: defaultPlaces.valuesFolder,
  applications: 'gitops/apps',
  projects: 'gitops/projects',
  policy: defaultPlaces.policyPath,
  root: 'gitops/bootstrap/root.yaml',
  platform: 'gitops/platform',
  imagePolicy: 'gitops/platform/policy/tenant-images.yaml',
  workloadChart: 'charts/tenant',
  fenceChart: 'charts/tenant-fence',
  schema: 'charts/tenant/values.schema.json',
} as const;

/** Path of a tenant's file, where nothing is configured. */
export function tenantFilePath(tenant: string): string {
  return pathIn(defaultPlaces, tenant);
}

/** Path of a tenant's file, for people: a name that is none, and what the configuration leaves open, stand as they are. */
export function pathIn({ valuesPath }: TreePlaces, tenant: string): string {
  return valuesPath.replace('{tenant}', tenant);
}

/** The tenant that a path belongs to, where nothing is configured; `undefined` for one that is no tenant file. Not checked. */
export function tenantOfPath(path: string): string | undefined {
  return defaultPlaces.matchTenantFile(path)?.tenant;
}
