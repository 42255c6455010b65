/** What is measured of one visit of the Tenants page; milliseconds where nothing else is said. */
export interface Sample {
  largestPaint: number;
  firstRows: number;
  allRows: number;
  /** The slowest interaction: with this few, what "Interaction to Next Paint" is (https://web.dev/articles/inp). */
  interaction: number;
  /** The most processor time that an interaction and everything that follows from it takes. */
  interactionCpu: number;
  /** Which interaction that was. */
  slowest: string;
  /** Longest task while scrolling, and how many were over 50 ms, as the clock on the wall goes. */
  longestTask: number;
  longTasks: number;
  /** Longest task while scrolling in processor time: what it takes whatever else the machine does. */
  longestTaskCpu: number;
  /** From a change to its being on the screen. */
  change: number;
}

/** Something that was measured several times. */
export interface Measured {
  name: string;
  unit: string;
  values: readonly number[];
  /** At most this much, if there is a goal. */
  goal?: number;
  /**
   * What else the machine does goes into it: over its goal on a busy machine, it says nothing of the page. The others
   * decide whether all is well.
   */
  dependsOnLoad?: boolean;
}

const names: Array<[key: Exclude<keyof Sample, 'slowest'>, part: Omit<Measured, 'values'>]> = [
  ['largestPaint', { name: 'LCP', unit: 'ms', goal: 1_500, dependsOnLoad: true }],
  ['firstRows', { name: 'first rows', unit: 'ms' }],
  ['allRows', { name: 'all rows', unit: 'ms' }],
  [
    'interaction',
    { name: 'slowest interaction (INP)', unit: 'ms', goal: 100, dependsOnLoad: true },
  ],
  ['interactionCpu', { name: 'its processor time', unit: 'ms', goal: 100 }],
  ['longestTask', { name: 'longest task, scrolling', unit: 'ms', goal: 50, dependsOnLoad: true }],
  ['longTasks', { name: 'tasks over 50 ms, scrolling', unit: '' }],
  ['longestTaskCpu', { name: 'longest task, processor time', unit: 'ms', goal: 50 }],
  ['change', { name: 'change to screen', unit: 'ms', goal: 1_000, dependsOnLoad: true }],
];

/** The middle one; of an even number, the upper of both. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Visits, measure by measure. */
export function toMeasured(samples: readonly Sample[]): Measured[] {
  return names.map(([key, part]) => ({ ...part, values: samples.map(sample => sample[key]) }));
}

/** Whether the median is within the goal; `undefined` without one. */
export function isMet({ values, goal }: Measured): boolean | undefined {
  return goal === undefined ? undefined : median(values) <= goal;
}

function verdict(measured: Measured): string {
  const met = isMet(measured);
  if (met === undefined) return '';
  const { goal, unit, dependsOnLoad } = measured;
  const missed = dependsOnLoad ? 'not met, or the machine is busy' : 'NOT MET';
  return `goal ${goal} ${unit}: ${met ? 'met' : missed}`;
}

/** One line: what it is, its median and spread, and whether the goal is met. */
export function lineOf(measured: Measured): string {
  const { name, unit, values } = measured;
  const write = (value: number) => (unit === 'kB' ? value.toFixed(1) : String(Math.round(value)));
  const middle = `${write(median(values))} ${unit}`.trim();
  const spread =
    values.length > 1 ? `${write(Math.min(...values))} to ${write(Math.max(...values))}` : '';
  return `  ${name.padEnd(30)}${middle.padStart(9)}  ${spread.padEnd(14)}${verdict(
    measured,
  )}`.trimEnd();
}

/** Goals that are missed for sure, whatever else the machine did. */
export function missed(all: readonly Measured[]): Measured[] {
  return all.filter(measured => !measured.dependsOnLoad && isMet(measured) === false);
}
