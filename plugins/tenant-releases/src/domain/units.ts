const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

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

/**
 * The same, short enough for an axis: the unit stays only where it depends on the size of the value.
 */
export function formatAxisValue(value: number, unit: string): string {
  return ['ratio', 's', 'bytes'].includes(unit)
    ? formatValue(value, unit).replace(' ', '\u00a0')
    : String(Number(value.toFixed(4)));
}
