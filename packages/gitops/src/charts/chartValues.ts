import type { Checkout } from '../checkout/checkout';
import { join } from '../checkout/paths';
import { mergeTraced } from '../traced/mergeTraced';
import { at, type Traced } from '../traced/traced';
import { readChart, type Chart } from './chart';

/** The values that a chart has of its own, those of its dependencies in this repository included. */
export function defaultValues(
  checkout: Checkout,
  chart: Chart,
  above: readonly string[] = [],
): Traced | undefined {
  const own = checkout.documents(join(chart.folder, 'values.yaml'))[0]?.value;
  let values: Traced | undefined;
  for (const { folder, key } of chart.dependencies) {
    const dependency =
      folder === undefined || above.includes(folder) ? undefined : readChart(checkout, folder);
    // A chart that brings in itself has no end.
    const below = dependency && defaultValues(checkout, dependency, [...above, chart.folder]);
    if (below) values = mergeTraced(values, { kind: 'map', entries: new Map([[key, below]]) });
  }
  return mergeTraced(values, own);
}

/** Whether a dependency is switched on by the values; https://helm.sh/docs/topics/charts/#chart-dependencies */
export function isEnabled(values: Traced | undefined, condition: string | undefined): boolean {
  const found = condition === undefined ? undefined : at(values, condition.split('.'));
  return !(found?.kind === 'scalar' && found.value === false);
}
