import type { Checkout } from '../checkout/checkout';
import { join } from '../checkout/paths';
import { mergeTraced } from '../traced/mergeTraced';
import { at, type Traced } from '../traced/traced';
import { readChart, type Chart } from './chart';

/** Charts within charts within charts; more is a loop. */
const maxDepth = 8;

/** The values that a chart has of its own, those of its dependencies in this repository included. */
export function defaultValues(checkout: Checkout, chart: Chart, depth = 0): Traced | undefined {
  const own = checkout.documents(join(chart.folder, 'values.yaml'))[0]?.value;
  let values: Traced | undefined;
  for (const { folder, key } of chart.dependencies) {
    const dependency =
      folder === undefined || depth > maxDepth ? undefined : readChart(checkout, folder);
    const below = dependency && defaultValues(checkout, dependency, depth + 1);
    if (below) values = mergeTraced(values, { kind: 'map', entries: new Map([[key, below]]) });
  }
  return mergeTraced(values, own);
}

/** Whether a dependency is switched on by the values; https://helm.sh/docs/topics/charts/#chart-dependencies */
export function isEnabled(values: Traced | undefined, condition: string | undefined): boolean {
  const found = condition === undefined ? undefined : at(values, condition.split('.'));
  return !(found?.kind === 'scalar' && found.value === false);
}
