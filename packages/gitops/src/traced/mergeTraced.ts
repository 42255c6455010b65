import { nameOfPart, type KeyPath, type Traced } from './traced';

/**
 * Lays values over others as Helm does: blocks are merged key by key, anything else replaces what was there, and `null` removes
 * it. https://helm.sh/docs/chart_template_guide/values_files/
 */
export function mergeTraced(
  under: Traced | undefined,
  over: Traced | undefined,
): Traced | undefined {
  if (!over) return under;
  if (over.kind !== 'map' || under?.kind !== 'map') return over;
  const entries = new Map(under.entries);
  for (const [key, value] of over.entries) {
    if (value.kind === 'scalar' && value.value === null) entries.delete(key);
    else {
      const merged = mergeTraced(entries.get(key), value);
      if (merged) entries.set(key, merged);
    }
  }
  return { kind: 'map', entries, origin: over.origin };
}

/** Sets the value at a path of keys and indexes, without a change of what was given. */
export function setTraced(value: Traced | undefined, path: KeyPath, leaf: Traced): Traced {
  const [first, ...rest] = path;
  if (first === undefined) return leaf;
  const part = nameOfPart(first);
  if (typeof part === 'number') {
    const items = value?.kind === 'list' ? [...value.items] : [];
    while (items.length < part)
      items.push({ kind: 'scalar', value: null, source: '', plain: true });
    items[part] = setTraced(items[part], rest, leaf);
    return { kind: 'list', items, ...placeOf(value) };
  }
  const entries = new Map(value?.kind === 'map' ? value.entries : []);
  entries.set(part, setTraced(entries.get(part), rest, leaf));
  return { kind: 'map', entries, ...placeOf(value) };
}

function placeOf(value: Traced | undefined): Pick<Traced, 'origin'> {
  return value?.origin ? { origin: value.origin } : {};
}
