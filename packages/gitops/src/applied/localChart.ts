import type { Checkout } from '../checkout/checkout';
import { defaultValues } from '../charts/chartValues';
import { readChart } from '../charts/chart';
import { join } from '../checkout/paths';
import type { Application, ApplicationSource } from '../applications/application';
import { mergeTraced } from '../traced/mergeTraced';
import { stringAt } from '../traced/traced';
import { chartVersions } from './chartVersions';
import type { ChartTools } from './chartTools';
import { sourceValues } from './sourceValues';
import { type SourceFinding, nothing } from './sourceFinding';

export async function localChart(
  tools: ChartTools,
  application: Application,
  source: ApplicationSource,
  folder: string,
  isOurs: (source: ApplicationSource) => boolean,
): Promise<SourceFinding> {
  const { checkout } = tools;
  const { values: over, files, problems } = sourceValues(checkout, application, source, isOurs);
  const chart = readChart(checkout, folder);
  const values = chart && mergeTraced(defaultValues(checkout, chart), over);
  const isParent = chart?.templates.some(file => makesApplications(checkout.text(file))) ?? false;
  const own = chart?.templates.length === 0 ? umbrellaFiles(checkout, folder) : [];
  const base = {
    ...nothing,
    folder,
    places: [...own, ...files],
    isParent,
    chart: { folder, values },
  };
  if (problems.length > 0) return { ...base, problems: problems.map(reason => ({ reason })) };
  const release = stringAt(source.value, ['helm', 'releaseName']) ?? application.name;
  const { namespace } = application.destination;
  const found = await chartVersions(tools, { folder, release, namespace, values });
  return { ...base, ...found };
}

/** The files of a chart without templates, which is there for its versions alone. */
export function umbrellaFiles(checkout: Checkout, folder: string): string[] {
  return ['values.yaml', 'Chart.yaml']
    .map(file => join(folder, file))
    .filter(file => checkout.has(file));
}

/** Whether a template of a chart makes Applications. */
export function makesApplications(text: string | undefined): boolean {
  return /^kind:\s*["']?Application(Set)?\b/m.test(text ?? '') && /argoproj\.io\//.test(text ?? '');
}
