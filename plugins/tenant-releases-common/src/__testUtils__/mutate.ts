/** A source of random numbers that always gives the same ones: https://github.com/cprosche/mulberry32 (public domain) */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.imul(state ^ (state >>> 15), 1 | state) + 0x6d2b79f5;
    let mixed = state;
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;

const texts = [
  '',
  ' ',
  '{{.server}}',
  'https://admin:hunter2@cluster.example.com',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'null',
  '0',
  '-1',
  '1e308',
  '99999999999999999999',
  'NaN',
  'not a time',
  '2026-13-45T99:99:99Z',
  '\u0000\u202e\ud800',
  '[[[[',
  '$values/x',
  'a/b@sha256:zz',
  'tenant-b',
  '/gitops/tenants/tenant-b-values.yaml',
];
const values: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  [],
  {},
  [null],
  [[]],
  { a: { b: { c: [] } } },
  ['a', 1, null],
];

/**
 * A copy of a value with some of its fields missing, of another type, with other text, or huge.
 *
 * @param keep - paths that stay as they are, joined by dots
 */
export function mutate(value: unknown, random: Random, keep: readonly string[] = []): unknown {
  if (keep.length === 0 && random() < 0.02) return other(random);
  const copy = structuredClone(value);
  const count = 1 + Math.floor(random() * 4);
  for (let index = 0; index < count; index += 1) {
    const place = placeIn(copy, random, keep);
    if (place) change(place, random);
  }
  return copy;
}

interface Place {
  holder: Record<string, unknown>;
  key: string;
}

/** Each key of an object is as likely as the others, so that what stands beside a long list is found as well. */
function placeIn(
  value: unknown,
  random: Random,
  keep: readonly string[],
  path = '',
): Place | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const holder = value as Record<string, unknown>;
  const keys = Object.keys(holder);
  const key = keys[Math.floor(random() * keys.length)];
  if (key === undefined) return undefined;
  const here = path ? `${path}.${key}` : key;
  const isKept = keep.some(each => each === here || each.startsWith(`${here}.`));
  const deeper = isKept || random() < 0.7 ? placeIn(holder[key], random, keep, here) : undefined;
  return deeper ?? (isKept ? undefined : { holder, key });
}

function change({ holder, key }: Place, random: Random): void {
  const roll = random();
  if (roll < 0.25) delete holder[key];
  else if (roll < 0.3 && Array.isArray(holder[key])) {
    holder[key] = Array.from({ length: 300 }, () => (holder[key] as unknown[])[0]);
  } else if (roll < 0.32) holder[random() < 0.5 ? 'toString' : 'extra'] = other(random);
  else holder[key] = other(random);
}

/** Levels of what is nested deep: a copy that calls itself for each level runs out of stack. */
const depth = 4_000;

function other(random: Random): unknown {
  const roll = random();
  if (roll < 0.01) return 'x'.repeat(100_000);
  if (roll < 0.015) return JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  const pool = roll < 0.6 ? texts : values;
  return structuredClone(pool[Math.floor(random() * pool.length)]);
}

/** A text with some of its lines and characters missing, doubled or replaced. */
export function mutateText(text: string, random: Random): string {
  const lines = text.split('\n');
  const count = 1 + Math.floor(random() * 3);
  for (let index = 0; index < count; index += 1) {
    const at = Math.floor(random() * lines.length);
    const roll = random();
    const line = lines[at] ?? '';
    const cut = Math.floor(random() * (line.length + 1));
    const odd = texts[Math.floor(random() * texts.length)];
    if (roll < 0.2) lines.splice(at, 1);
    else if (roll < 0.35) lines.splice(at, 0, line);
    else if (roll < 0.6) lines[at] = line.replace(/:.*$/, `: ${odd}`);
    else if (roll < 0.8) lines[at] = line.slice(0, cut) + odd + line.slice(cut);
    else if (roll < 0.82) lines[at] = `${line}${' #x'.repeat(40_000)}`;
    else lines[at] = line.slice(0, cut);
  }
  return lines.join('\n');
}
