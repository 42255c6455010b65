const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** Of the SI, from thousands on. */
const decimal = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/** Three significant digits at most, no trailing zeros, never `-0` or an exponent. */
function digits(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 100) return String(Math.round(value));
  if (size >= 10) return String(Number(value.toFixed(1)));
  if (size >= 0.01) return String(Number(value.toFixed(2)));
  return value > 0 ? '<0.01' : '>-0.01';
}

/**
 * A number as people read it, with its unit.
 *
 * @param unit - as the backend names it: `requests/s`, `ratio`, `s`, `cores`, `bytes`; others are put behind
 */
export function formatValue(value: number, unit: string): string {
  switch (unit) {
    case 'ratio':
      return `${digits(value * 100)} %`;
    case 's':
      return Math.abs(value) < 1 ? `${digits(value * 1000)} ms` : `${digits(value)} s`;
    case 'bytes': {
      const power = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value)) / 10);
      const exponent = Math.max(0, Math.min(power, binary.length - 1));
      return `${digits(value / 1024 ** exponent)} ${binary[exponent]}`;
    }
    default:
      return `${digits(value)} ${unit}`;
  }
}

/** What the numbers of an axis are divided by, and the unit behind each where it depends on that. */
function axisScale(largest: number, unit: string): { divisor: number; suffix: string } {
  if (unit === 'ratio') return { divisor: 0.01, suffix: '\u00a0%' };
  if (unit === 's') {
    return largest < 1 ? { divisor: 0.001, suffix: '\u00a0ms' } : { divisor: 1, suffix: '\u00a0s' };
  }
  const isBinary = unit === 'bytes';
  const [base, suffixes] = isBinary ? [1024, binary] : [1000, decimal];
  const power = largest > 0 ? Math.floor(Math.log(largest) / Math.log(base) + 1e-9) : 0;
  const exponent = Math.max(0, Math.min(power, suffixes.length - 1));
  // Thousands are read well as they are: only millions and more are shortened.
  if (!isBinary && exponent < 2) return { divisor: 1, suffix: '' };
  return { divisor: base ** exponent, suffix: `\u00a0${suffixes[exponent]}` };
}

/** So many digits behind the point as tell all of the numbers apart, at most 6. */
function digitsFor(values: readonly number[]): number {
  const gap = Math.min(...values.slice(1).map((value, index) => Math.abs(value - values[index])));
  const isExact = (count: number) =>
    values.every(value => Math.abs(value - Number(value.toFixed(count))) <= gap / 100);
  return [0, 1, 2, 3, 4, 5].find(isExact) ?? 6;
}

/**
 * The numbers of an axis, all in one unit and with as many digits as tell them apart. The unit stays only where it
 * depends on the size of the values.
 *
 * @param values - in order, at the same distance
 */
export function formatAxisValues(values: readonly number[], unit: string): string[] {
  const { divisor, suffix } = axisScale(Math.max(...values.map(Math.abs), 0), unit);
  const scaled = values.map(value => value / divisor);
  const count = digitsFor(scaled);
  const format = new Intl.NumberFormat('en-GB', { maximumFractionDigits: count });
  return scaled.map(value => `${format.format(value === 0 ? 0 : value)}${suffix}`);
}
