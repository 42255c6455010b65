import { nameOfPart, type KeyPath } from '../traced/traced';
import { EditError } from './EditError';
import type { Region } from './region';

/**
 * The value in a flat file: all of its content, or what follows `KEY=` on a line. Such files have no quotes of their own; those of
 * a shell stay.
 *
 * @param path - the key, or nothing for all of the content
 */
export function textRegion(text: string, path: KeyPath): Region | undefined {
  const [key, ...rest] = path.map(nameOfPart);
  if (rest.length > 0) return undefined;
  const expression =
    key === undefined
      ? /^(\ufeff?\s*)([^\s]+)\s*$/g
      : new RegExp(
          `^((?:[ \\t]*(?:-[ \\t]+)?)(?:export[ \\t]+)?${escape(
            String(key),
          )}[ \\t]*[=:][ \\t]*["']?)([^\\s"'#]+)`,
          'gm',
        );
  const [found, ...others] = [...text.matchAll(expression)];
  if (!found) return undefined;
  if (others.length > 0) throw new EditError(`${key} stands in it more than once`);
  const start = found.index + found[1].length;
  const line = text.slice(0, start).split('\n').length;
  return { value: found[2], start, end: start + found[2].length, style: 'raw', line };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
