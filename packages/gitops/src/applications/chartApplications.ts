import type { HelmBench } from '../charts/HelmBench';
import type { Checkout } from '../checkout/checkout';
import { objectsOf } from '../kustomize/builtObject';
import { readTraced, withPlaces } from '../traced/readTraced';
import { plain, stringAt, type Traced } from '../traced/traced';
import { isArgocd, type ArgocdManifest } from './manifests';
import { textPlaces } from './templateOrigins';

/** The Applications and ApplicationSets that a chart of the repository makes, or why they are not known. */
export async function chartApplications(
  checkout: Checkout,
  bench: HelmBench,
  chart: {
    folder: string;
    values: Traced | undefined;
    release: string;
    namespace?: string;
    madeFrom?: string;
  },
): Promise<ArgocdManifest[] | { refused: string }> {
  const rendering = await bench.render({
    chart: chart.folder,
    release: chart.release,
    namespace: chart.namespace,
    values: chart.values && plain(chart.values),
    isNeeded: true,
  });
  if ('refused' in rendering) return rendering;
  const places = textPlaces(checkout, chart.folder, chart.values, chart.madeFrom);
  return documentsOf(rendering.text).flatMap(({ template, text }) => {
    if (!/^kind:\s*["']?Application/m.test(text)) return [];
    const file = `${chart.folder}/${template}`.replace(/^\//, '');
    return objectsOf(readTraced(file, text).map(({ value }) => value))
      .filter(({ value }) => isArgocd(value))
      .map(({ value }) => {
        const name = stringAt(value, ['metadata', 'name']) ?? '';
        return {
          value: withPlaces(value, part => places(part, file, name)),
          file: checkout.has(file) ? file : chart.folder,
          line: kindLine(checkout.text(file)),
          ...(chart.madeFrom === undefined ? {} : { madeFrom: chart.madeFrom }),
        };
      });
  });
}

/** Helm says before each document from which template it comes: `# Source: chart/templates/app.yaml`. */
function documentsOf(text: string): Array<{ template: string; text: string }> {
  return text.split(/^---\s*$/m).flatMap(part => {
    const [, template] = /^# Source: [^/\n]+\/(.+)$/m.exec(part) ?? [];
    return template === undefined ? [] : [{ template: template.trim(), text: part }];
  });
}

function kindLine(text: string | undefined): number {
  const index = (text ?? '').search(/^\s*kind:\s*["']?Application/m);
  return index < 0 ? 1 : (text ?? '').slice(0, index).split('\n').length;
}
