import type { Checkout } from '../checkout/checkout';
import { folderOf, join } from '../checkout/paths';
import { isPlainEnvironment } from '../layout/words';
import { readChart, type Chart } from './chart';

/** The chart that a file is part of: the nearest folder above it with a Chart.yaml. */
export function chartAbove(checkout: Checkout, file: string): Chart | undefined {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    if (checkout.has(join(folder, 'Chart.yaml'))) return readChart(checkout, folder);
    if (folder === '') return undefined;
  }
}

/** The environment that a values file names: `values-prod.yaml`, `prod-values.yaml`, `prod.yaml`. */
export function environmentOf(name: string): string | undefined {
  const [, stem] = /^(.+)\.ya?ml$/.exec(name) ?? [];
  const found = stem?.replace(/^values[-_.]|[-_.]values$/i, '');
  return found !== undefined && isPlainEnvironment(found) ? found : undefined;
}
