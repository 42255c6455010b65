const suffixes: Record<string, number> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A Kubernetes quantity (`250m`, `64Mi`, `1e3`) as a number; undefined when it is none. */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const match = /^([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)([numkMGTPE]?i?)$/.exec(value);
  const factor = match ? suffixes[match[2]] : undefined;
  return match && factor !== undefined ? Number(match[1]) * factor : undefined;
}

const quantityParents = new Set(['limits', 'requests', 'hard', 'capacity', 'default']);
const moreParents = new Set(['defaultRequest', 'min', 'max', 'maxLimitRequestRatio']);

/** Whether the values below this key are quantities, so that `1` and `1000m` are the same. */
export function holdsQuantities(key: string): boolean {
  return quantityParents.has(key) || moreParents.has(key);
}
