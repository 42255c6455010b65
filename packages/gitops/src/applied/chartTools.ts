import type { Checkout } from '../checkout/checkout';
import type { HelmBench } from '../charts/HelmBench';
import type { ChartProbe } from '../charts/probeChart';
import type { Traced } from '../traced/traced';

/** A chart in the repository with the values that it is rendered with. */
export interface ChartUse {
  folder: string;
  release: string;
  namespace?: string;
  values: Traced | undefined;
}

/** What charts are looked into with. */
export interface ChartTools {
  checkout: Checkout;
  bench: HelmBench;
  /** What rendering has shown, by chart and shape of the values. */
  probes: Map<string, Promise<ChartProbe | { refused: string }>>;
  /** The same for other revisions of the repository. */
  others?: Map<string, ChartTools>;
}
