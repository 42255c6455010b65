import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChartRefusal, HelmError, runHelm } from './runHelm';
import { layout } from '../layout/ownTree';

/** Where and with what Helm runs. */
export interface HelmPlace {
  /** The program. */
  helm: string;
  /** Absolute path of the tree. */
  tree: string;
  /** A folder that Helm may write to: its settings, plugins and caches of this machine are not looked at. */
  home: string;
}

/** Bounds of one run, in milliseconds and bytes. */
const limits = { timeoutMs: 30_000, maxBytes: 32 * 1024 * 1024 };

/** A chart as an Application of Argo CD deploys it. */
export interface ChartUse {
  /** From the tree's root. */
  chart: string;
  release: string;
  namespace: string;
  /** From the tree's root. */
  values: string;
}

/** The two charts of a tenant, as gitops/apps deploys them. @param values - path of the tenant's file */
export function chartsOf(tenant: string, values: string): ChartUse[] {
  return [
    { chart: layout.workloadChart, release: tenant, namespace: tenant, values },
    { chart: layout.fenceChart, release: `${tenant}-fence`, namespace: tenant, values },
  ];
}

/** Gives a folder for Helm's own files to what it runs, and removes it afterwards. */
export async function withHelmHome<T>(use: (home: string) => Promise<T>): Promise<T> {
  const home = await mkdtemp(path.join(tmpdir(), 'gitops-helm-'));
  try {
    return await use(home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/**
 * Renders a chart as Argo CD does: `helm template` with the CRDs, which checks values.schema.json too.
 *
 * @returns YAML documents
 * @throws ChartRefusal that names the chart
 * @throws HelmError
 */
export async function renderChart(place: HelmPlace, use: ChartUse): Promise<string> {
  const args = ['template', use.release, `./${use.chart}`, ...argumentsOf(use), '--include-crds'];
  return run(place, use, args);
}

/** Lints a chart with a tenant's values; warnings count. @throws as {@link renderChart} */
export async function lintChart(place: HelmPlace, use: ChartUse): Promise<void> {
  const args = ['lint', `./${use.chart}`, ...argumentsOf(use), '--strict', '--quiet'];
  await run(place, use, args);
}

function argumentsOf({ namespace, values }: ChartUse): string[] {
  return ['--namespace', namespace, '--values', `./${values}`];
}

async function run(
  { tree, ...place }: HelmPlace,
  { chart }: ChartUse,
  args: string[],
): Promise<string> {
  try {
    return await runHelm({ ...place, directory: tree, args, ...limits });
  } catch (error) {
    if (error instanceof ChartRefusal) {
      throw new ChartRefusal(`${chart} refuses the file: ${error.message}`);
    }
    if (error instanceof HelmError)
      throw new HelmError(`helm ${args[0]} of ${chart}: ${error.message}`);
    throw error;
  }
}
