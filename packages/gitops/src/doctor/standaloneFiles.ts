import type { Checkout } from '../checkout/checkout';
import { isUnreadable, unreadable } from '../checkout/isUnreadable';
import { folderOf, nameOf } from '../checkout/paths';
import { readChart } from '../charts/chart';
import { chartAbove, environmentOf } from '../charts/chartAbove';
import { defaultValues } from '../charts/chartValues';
import { chartVersions } from '../applied/chartVersions';
import type { ChartTools } from '../applied/chartTools';
import type { Deployment } from '../applied/deployment';
import { kustomization } from '../applied/kustomizationVersions';
import { umbrellaFiles } from '../applied/localChart';
import { findKustomization } from '../kustomize/findKustomization';
import type { Layout } from '../layout/layout';
import { likelyVersions, locatedVersions } from './locatedVersions';
import { isLfsPointer } from '../text/decodeText';
import { mergeTraced } from '../traced/mergeTraced';

/** Files and folders that a layout wants although no Application of the checkout reads them. @param known - those that one reads */
export async function standaloneFiles(
  tools: ChartTools,
  layouts: readonly Layout[],
  known: ReadonlySet<string>,
): Promise<Deployment[]> {
  const { checkout } = tools;
  const places = [...checkout.files, ...foldersOf(checkout)];
  const found: Deployment[] = [];
  for (const layout of layouts) {
    const { path, settings } = layout;
    if (!path || layout.application) continue;
    for (const place of places) {
      if (known.has(place) || layout.isExcluded(place) || !path.match(place)) continue;
      const locators = settings.versions?.map(({ locator }) => locator) ?? [];
      const deployment = await standalone(tools, place, locators);
      if (deployment) found.push(deployment);
    }
  }
  return found;
}

/** What a file or folder deploys on its own: a kustomization, a chart, a file with versions. */
export async function standalone(
  tools: ChartTools,
  place: string,
  locators: readonly string[] = [],
): Promise<Deployment | undefined> {
  const { checkout } = tools;
  if (checkout.isFolder(place)) {
    return findKustomization(checkout, place) === undefined
      ? undefined
      : kustomization(tools, place);
  }
  const base = { places: [place], idle: [], isParent: false };
  const name = nameOf(place);
  if (/^(kustomization\.ya?ml|Kustomization)$/.test(name)) {
    const found = await kustomization(tools, folderOf(place));
    return { ...found, places: [...found.places, place] };
  }
  const chart = readChart(checkout, folderOf(place));
  if (chart && (name === 'Chart.yaml' || name === 'values.yaml') && chart.dependencies.length > 0) {
    const values = defaultValues(checkout, chart);
    const use = { folder: chart.folder, release: chart.name, values };
    const found = await chartVersions(tools, use);
    const places = umbrellaFiles(checkout, chart.folder);
    return {
      ...base,
      ...found,
      folder: chart.folder,
      places,
      chart: { folder: chart.folder, values },
    };
  }
  const owner = chartAbove(checkout, place);
  if (owner && owner.templates.length > 0 && environmentOf(name) !== undefined) {
    const over = checkout.documents(place)[0]?.value;
    const values = mergeTraced(defaultValues(checkout, owner), over);
    const found = await chartVersions(tools, { folder: owner.folder, release: owner.name, values });
    return { ...base, ...found };
  }
  const found =
    locators.length > 0
      ? locatedVersions(checkout, place, locators)
      : likelyVersions(checkout, place);
  const isEmpty = found.versions.length === 0 && found.problems.length === 0;
  const problems = isEmpty ? [{ reason: whyEmpty(checkout, place) }] : found.problems;
  return { ...base, versions: found.versions, problems };
}

function whyEmpty(checkout: Checkout, file: string): string {
  if (isLfsPointer(checkout.text(file) ?? '')) {
    return 'it is a pointer of Git LFS: keep the text itself in Git';
  }
  return isUnreadable(checkout, file) ? unreadable(file) : 'no version stands in it';
}

function foldersOf(checkout: Checkout): string[] {
  const folders = new Set<string>();
  for (const file of checkout.files) {
    for (
      let folder = folderOf(file);
      folder !== '' && !folders.has(folder);
      folder = folderOf(folder)
    )
      folders.add(folder);
  }
  return [...folders];
}
