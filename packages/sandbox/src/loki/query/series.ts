import type { Grouping } from '../logql/ast';
import type { Labels } from '../pipeline/labelSet';

/** Values of one set of labels: by time, in seconds since 1970. Absent where there was none. */
export interface Series {
  metric: Record<string, string>;
  points: Map<number, number>;
}

/** The labels that remain after a grouping. */
export function group(labels: Labels, grouping: Grouping): Record<string, string> {
  const kept = Object.entries(labels).filter(
    ([name]) => grouping.labels.includes(name) === (grouping.mode === 'by'),
  );
  return Object.fromEntries(kept);
}
