/** Numbers out of many measurements. */

/** The value below which the share `p` (0-1) of the values lies. */
export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)];
}

export const median = values => percentile(values, 0.5);

/** `median (minimum-maximum)` of a figure over the rounds. */
export function spread(values, format = number => number.toFixed(1)) {
  return `${format(median(values))} (${format(Math.min(...values))}-${format(
    Math.max(...values),
  )})`;
}
