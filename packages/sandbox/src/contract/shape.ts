/**
 * What a JSON value looks like without its values: the names of types, objects by property, and of
 * lists the different shapes of their items.
 */
export function shapeOf(value: unknown): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    const shapes = new Map(value.map(item => [JSON.stringify(shapeOf(item)), shapeOf(item)]));
    return [...shapes.keys()].sort().map(key => shapes.get(key));
  }
  if (typeof value !== 'object') return typeof value;
  const properties = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(properties.map(([name, item]) => [name, shapeOf(item)]));
}
