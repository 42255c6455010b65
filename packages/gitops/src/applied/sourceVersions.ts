import type { Checkout } from '../checkout/checkout';
import { join, plainPath } from '../checkout/paths';
import { findKustomization } from '../kustomize/findKustomization';
import type { Application, ApplicationSource } from '../applications/application';
import { at } from '../traced/traced';
import { together } from './appliedVersion';
import { remoteChartVersions } from './remoteChartVersions';
import type { ChartTools } from './chartTools';
import { sourceValues, withSourceFiles } from './sourceValues';
import { type SourceFinding, nothing } from './sourceFinding';
import { localChart } from './localChart';
import { kustomization } from './kustomizationVersions';
import { directory } from './directoryVersions';
import { remoteChart, foreign } from './otherSources';

/** What renders a source. */
type SourceKind = 'kustomize' | 'helm' | 'directory';

/** What a renderer is given. */
interface Rendering {
  tools: ChartTools;
  application: Application;
  source: ApplicationSource;
  folder: string;
  isOurs(source: ApplicationSource): boolean;
}

const renderers: Record<SourceKind, (what: Rendering) => SourceFinding | Promise<SourceFinding>> = {
  kustomize: ({ tools, folder, source }) => kustomization(tools, folder, source),
  helm: ({ tools, application, source, folder, isOurs }) =>
    localChart(tools, application, source, folder, isOurs),
  directory: ({ tools, source, folder }) => directory(tools, source, folder),
};

/** What a source in this repository, or a chart of a registry, deploys. @param isOurs - whether a source is in this repository */
export async function sourceVersions(
  tools: ChartTools,
  application: Application,
  given: ApplicationSource,
  isOurs: (source: ApplicationSource) => boolean,
): Promise<SourceFinding> {
  const isHere = isOurs(given);
  const isOci = given.repoURL.startsWith('oci://');
  if (given.chart !== undefined || (isOci && !isHere)) {
    return remoteChart(tools, application, given, isOurs);
  }
  if (!isHere) return foreign(tools, application, given, isOurs);
  if (given.path === undefined) return nothing;
  const folder = plainPath(given.path);
  if (folder === undefined || !tools.checkout.isFolder(folder)) {
    const problem = { reason: `its path ${given.path} is not in this checkout` };
    const { values, files, isBroken } = sourceValues(tools.checkout, application, given, isOurs);
    const { versions } =
      files.length > 0 && !isBroken
        ? remoteChartVersions(given.path, undefined, values)
        : together();
    return { ...nothing, places: files, versions, problems: [problem] };
  }
  const { source, files } = withSourceFiles(tools.checkout, application, given);
  if (at(source.value, ['plugin'])) {
    return { ...nothing, folder, problems: [{ reason: 'a config management plugin renders it' }] };
  }
  const kind = sourceKind(tools.checkout, source, folder);
  const found = await renderers[kind]({ tools, application, source, folder, isOurs });
  return { ...found, places: [...found.places, ...files] };
}

/** What renders a folder, as Argo CD decides it: by what the source says, else by the files that are there. */
export function sourceKind(
  checkout: Checkout,
  { value }: ApplicationSource,
  folder: string,
): SourceKind {
  if (at(value, ['directory'])) return 'directory';
  const isChart = checkout.has(join(folder, 'Chart.yaml'));
  const isKustomization = findKustomization(checkout, folder) !== undefined;
  if (isChart && (at(value, ['helm']) !== undefined || !isKustomization)) return 'helm';
  return isKustomization ? 'kustomize' : 'directory';
}
