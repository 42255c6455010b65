import type { GitFile } from '@internal/gitops';

/** A chart that makes a part of what a tenant runs. */
export interface TenantChart {
  /** Folder from the repository's root. */
  path: string;
  /** Name of the Helm release, as the tenant's Application sets it. */
  release(tenant: string): string;
}

/** The charts of a tenant; both read the tenant's file. */
export const tenantCharts: readonly TenantChart[] = [
  { path: 'charts/tenant', release: tenant => tenant },
  { path: 'charts/tenant-fence', release: tenant => `${tenant}-fence` },
];

/** Files and characters that a chart may have. */
export const chartLimits = { files: 200, size: 1024 * 1024 };

/** Whether a path belongs to a chart; scenarios for its own checks do not. */
export function isChartFile(path: string): boolean {
  return tenantCharts.some(
    chart => path.startsWith(`${chart.path}/`) && !path.startsWith(`${chart.path}/ci/`),
  );
}

/** The files of a chart, with paths from its folder. Paths that would lead out of it are left out. */
export function filesOfChart(chart: TenantChart, files: readonly GitFile[]): GitFile[] {
  return files
    .filter(({ path }) => path.startsWith(`${chart.path}/`))
    .map(({ path, sha }) => ({ path: path.slice(chart.path.length + 1), sha }))
    .filter(({ path }) => isPlain(path));
}

function isPlain(path: string): boolean {
  return !/[\\\0]/.test(path) && path.split('/').every(part => !['', '.', '..'].includes(part));
}
