import type { KeyPath, KeyPathPart } from '../traced/traced';

/** A key that needs no brackets. */
const plainKey = /^[A-Za-z_$][\w$-]*$/;

/**
 * Writes a path as text: `image.tag`, `images[ghcr.io/acme/api].newTag`, `containers[0].image`. What stands in brackets is a
 * number, or a key with dots, or the `name` of an item of a list.
 */
export function formatKeyPath(path: KeyPath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (typeof part === 'string' && plainKey.test(part)) return index === 0 ? part : `.${part}`;
      const name = typeof part === 'string' ? part : part.name;
      // What looks like an index, or would end the brackets.
      return /^\d+$/.test(name) || name === '' || /["\]]/.test(name)
        ? `[${JSON.stringify(name)}]`
        : `[${name}]`;
    })
    .join('');
}

/** Reads what {@link formatKeyPath} writes; undefined for a text that is no path. */
export function parseKeyPath(text: string): KeyPath | undefined {
  const path: KeyPathPart[] = [];
  const part = /\.?([^.[\]"|]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\[([^\]]+)\]/y;
  while (part.lastIndex < text.length) {
    const isFirst = part.lastIndex === 0;
    const found = part.exec(text);
    if (!found) return undefined;
    const [whole, key, index, quoted, name] = found;
    if (key !== undefined && whole.startsWith('.') === isFirst) return undefined;
    if (index !== undefined) path.push(Number(index));
    else path.push(key ?? { name: quoted === undefined ? name : JSON.parse(quoted) });
  }
  return path.length > 0 ? path : undefined;
}
