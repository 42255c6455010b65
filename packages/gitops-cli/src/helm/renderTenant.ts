import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { layout } from '../layout';
import { ChartRefusal, runHelm, type HelmPlace } from './runHelm';

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
export async function withHelmHome<T>(run: (home: string) => Promise<T>): Promise<T> {
  const home = await mkdtemp(path.join(tmpdir(), 'gitops-helm-'));
  try {
    return await run(home);
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
  return named(use, () => runHelm(place, args));
}

/** Lints a chart with a tenant's values; warnings count. @throws as {@link renderChart} */
export async function lintChart(place: HelmPlace, use: ChartUse): Promise<void> {
  await named(use, () =>
    runHelm(place, ['lint', `./${use.chart}`, ...argumentsOf(use), '--strict', '--quiet']),
  );
}

function argumentsOf({ namespace, values }: ChartUse): string[] {
  return ['--namespace', namespace, '--values', `./${values}`];
}

async function named<T>({ chart }: ChartUse, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ChartRefusal)) throw error;
    throw new ChartRefusal(`${chart} refuses the file: ${error.message}`);
  }
}
