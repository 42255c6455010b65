import { sortLabels } from '../pipeline/labelSet';
import type { Series } from './series';

/** A number as Prometheus writes it: never with an exponent. */
export function formatValue(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  const digits = value.toFixed(20).replace(/0+$/, '').replace(/\.$/, '');
  return digits.includes('e') ? BigInt(value).toString() : digits;
}

/** The times of a range query, in seconds: whole multiples of the step, as Loki aligns them. */
export function alignedTimes(start: number, end: number, step: number): number[] {
  const first = Math.floor(start / step);
  const last = Math.ceil(end / step);
  return Array.from({ length: last - first + 1 }, (_, index) => round((first + index) * step));
}

/** Times have milliseconds in answers; sums of fractions have more. */
function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** The `result` of a range query. */
export function toMatrix(series: Series[]) {
  return series.map(({ metric, points }) => ({
    metric: sortLabels(metric),
    values: [...points].map(([time, value]) => [time, formatValue(value)]),
  }));
}

/** The `result` of an instant query. */
export function toVector(series: Series[]) {
  return series.flatMap(({ metric, points }) =>
    [...points].map(([time, value]) => ({
      metric: sortLabels(metric),
      value: [round(time), formatValue(value)],
    })),
  );
}
