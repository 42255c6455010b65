import type { MetricNames } from './metricNames';
import { rateOf, type PanelTarget } from './series';

/**
 * Requests a second. A native histogram has no series of its count; during a rollout some pods may have one and others a
 * classic histogram, and a pod that has both is counted once, by its classic one.
 */
export function requestRate(names: MetricNames, target: PanelTarget, ...more: string[]): string {
  const matchers = [...names.matchers, ...more];
  const counted = rateOf(names, names.requests, target, ...matchers);
  if (!names.isCountOfDurations) return `sum(${counted})`;
  const native = rateOf(names, names.durations, target, ...matchers);
  return `sum(${counted} or histogram_count(${native}))`;
}

/** Where there are requests but no errors, the rate of errors is zero, not unknown. */
export function errorRate(names: MetricNames, target: PanelTarget): string {
  return `${requestRate(names, target, names.failed)} or 0 * ${requestRate(names, target)}`;
}

/**
 * The 95th percentile in seconds. PromQL cannot merge classic and native histograms: while pods of both kinds serve, it is
 * the mean of both percentiles by their requests. As the true one it lies between them.
 */
export function durationQuantile(names: MetricNames, target: PanelTarget): string {
  const { durations, matchers, seconds } = names;
  const buckets = rateOf(names, `${durations}_bucket`, target, ...matchers);
  const count = rateOf(names, `${durations}_count`, target, ...matchers);
  const both = rateOf(names, durations, target, ...matchers);
  // Who has both kinds is in the classic one already.
  const native = `sum(${both} unless ignoring(le) ${buckets})`;
  const classicQuantile = `histogram_quantile(0.95, sum by (le) (${buckets}))`;
  const nativeQuantile = `histogram_quantile(0.95, ${native})`;
  // Without requests a percentile is NaN, which would make NaN of the other: the comparison leaves it out.
  const classic = `(${classicQuantile} >= 0)`;
  const mean = `(${classic} * sum(${count}) + (${nativeQuantile} >= 0) * histogram_count(${native})) / (sum(${count}) + histogram_count(${native}))`;
  const found = [
    mean,
    classic,
    `(${nativeQuantile} >= 0)`,
    // NaN tells "nothing was measured" from "there are no series".
    classicQuantile,
    nativeQuantile,
  ].join(' or ');
  return seconds === 1 ? found : `(${found}) * ${seconds}`;
}
