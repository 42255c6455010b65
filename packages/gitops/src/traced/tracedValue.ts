import type { Traced } from './traced';

/** What is nested deeper is nobody's configuration. */
const maxDepth = 50;

/** A value that comes from no file, such as an answer of an API, for what reads values of files. */
export function tracedValue(value: unknown, depth = 0): Traced {
  if (depth < maxDepth && Array.isArray(value)) {
    return { kind: 'list', items: value.map(item => tracedValue(item, depth + 1)) };
  }
  if (depth < maxDepth && typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, child]) => [key, tracedValue(child, depth + 1)] as const,
    );
    return { kind: 'map', entries: new Map(entries) };
  }
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
  const scalar = isScalar ? (value as string | number | boolean) : null;
  return { kind: 'scalar', value: scalar, source: String(scalar), plain: false };
}
