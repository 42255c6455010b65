import type { Checkout } from '../checkout/checkout';
import { folderOf, join } from '../checkout/paths';
import { chartApplications } from '../applications/chartApplications';
import { isInUse, type ArgocdManifest } from '../applications/manifests';
import { readChart } from '../charts/chart';
import { defaultValues } from '../charts/chartValues';
import { mergeTraced } from '../traced/mergeTraced';
import type { Traced } from '../traced/traced';
import type { ChartTools } from './chartTools';
import type { Deployment } from './deployment';
import { makesApplications } from './localChart';
import type { Deployments } from './deployments';

/** Charts with Applications that are rendered in one round. */
const maxRoots = 40;

/** A chart that makes Applications, as somebody renders it. */
export interface ChartRoot {
  folder: string;
  values: Traced | undefined;
  release: string;
  /** Values file that tells this one from others of the same chart. */
  madeFrom?: string;
}

/** Charts that make Applications and that no Application names: somebody applies them by hand. */
export function chartsOfNobody(
  checkout: Checkout,
  deployments: readonly Deployment[],
): ChartRoot[] {
  const used = new Set(deployments.map(({ folder }) => folder));
  return checkout.files
    .filter(file => /(^|\/)Chart\.yaml$/.test(file) && isInUse(file) && !used.has(folderOf(file)))
    .flatMap(file => {
      const folder = folderOf(file);
      const chart = readChart(checkout, folder);
      if (!chart?.templates.some(template => makesApplications(checkout.text(template)))) return [];
      const values = defaultValues(checkout, chart);
      const release = chart.name || 'root';
      const variants = variantsOf(checkout, folder);
      if (variants.length === 0) return [{ folder, values, release }];
      return variants.map(variant => ({
        folder,
        values: mergeTraced(values, checkout.documents(variant)[0]?.value),
        release,
        madeFrom: variant,
      }));
    });
}

/** Values files beside a chart's own, one an environment: `values-prod.yaml`. */
function variantsOf(checkout: Checkout, folder: string): string[] {
  return checkout
    .list(folder)
    .filter(name => /^values[-_.].+\.ya?ml$|^.+[-_.]values\.ya?ml$/.test(name))
    .map(name => join(folder, name));
}

export async function manifestsOf(
  { checkout, bench }: ChartTools,
  charts: readonly ChartRoot[],
  rendered: Set<string>,
  result: Deployments,
): Promise<ArgocdManifest[]> {
  const isNew = (chart: ChartRoot) => {
    const key = [chart.folder, chart.release, chart.madeFrom].join('\n');
    const isKnown = rendered.has(key);
    rendered.add(key);
    return !isKnown;
  };
  const all = await Promise.all(
    charts
      .slice(0, maxRoots)
      .filter(isNew)
      .map(async chart => ({ chart, found: await chartApplications(checkout, bench, chart) })),
  );
  return all.flatMap(({ chart, found }) => {
    if (!('refused' in found)) return found;
    const reason = `its Applications are not known: ${found.refused}`;
    result.unread.push({ name: chart.madeFrom ?? chart.folder, reason });
    return [];
  });
}
