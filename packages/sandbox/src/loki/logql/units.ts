const secondsPerUnit: Record<string, number> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

const durationPart = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w|y)/y;

/**
 * Parses durations such as `1h30m`, `1.5s` or `-20ms`.
 *
 * @returns seconds, or undefined when the text is no duration
 */
export function parseDuration(text: string): number | undefined {
  const negative = text.startsWith('-');
  const digits = /^[-+]/.test(text) ? text.slice(1) : text;
  let seconds = 0;
  let position = 0;
  while (position < digits.length) {
    durationPart.lastIndex = position;
    const match = durationPart.exec(digits);
    if (!match) return undefined;
    seconds += Number(match[1]) * secondsPerUnit[match[2]];
    position = durationPart.lastIndex;
  }
  if (position === 0) return undefined;
  return negative ? -seconds : seconds;
}

const sizeUnits = ['', 'k', 'm', 'g', 't', 'p', 'e'];

/**
 * Parses sizes such as `512`, `1.5KB` (powers of 1000) or `4MiB` (powers of 1024).
 *
 * @returns bytes, or undefined when the text is no size
 */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d*)?)\s?(?:([kmgtpe]?)(i?)b?)$/i.exec(text);
  if (!match) return undefined;
  const [, value, prefix, binary] = match;
  if (binary && !prefix) return undefined;
  return Number(value) * (binary ? 1024 : 1000) ** sizeUnits.indexOf(prefix.toLowerCase());
}
