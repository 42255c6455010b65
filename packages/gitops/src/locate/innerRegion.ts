import { at, type KeyPath } from '../traced/traced';
import { readTraced } from '../traced/readTraced';
import { EditError } from './EditError';
import type { Locator } from './locator';
import type { Region } from './region';
import { yamlRegion } from './yamlRegion';

/**
 * The scalar within a YAML text that is itself a value of a file, such as `spec.source.helm.values` of an Application.
 *
 * @throws EditError when the text is no block behind "|"
 */
export function innerRegion(
  text: string,
  { document, path }: Locator,
  inner: KeyPath,
): Region | undefined {
  const outer = at(readTraced('', text).find(({ index }) => index === document)?.value, path);
  if (outer?.kind !== 'scalar' || typeof outer.value !== 'string') return undefined;
  const block = yamlRegion(outer.value, 0, inner);
  if (!block) return undefined;
  const first = outer.origin?.line ?? 1;
  const lines = text.split('\n');
  const header = lines[first - 1] ?? '';
  if (!outer.isBlock || !/\|[-+0-9]*\s*(#.*)?\r?$/.test(header)) {
    throw new EditError('it stands in a text that is no block behind "|": write it as one');
  }
  const before = outer.value.slice(0, block.start);
  const column = block.start - (before.lastIndexOf('\n') + 1);
  const line = first + before.split('\n').length;
  const indent = indentOf(lines.slice(first), header);
  const start =
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + indent + column;
  return { ...block, start, end: start + (block.end - block.start), line };
}

/** Indentation of a block: as its header says relative to its key, else that of its first line with content. */
function indentOf(lines: readonly string[], header: string): number {
  const said = /\|[-+]?([1-9])/.exec(header)?.[1];
  if (said !== undefined) return (/^ */.exec(header)?.[0].length ?? 0) + Number(said);
  const content = lines.find(line => line.trim() !== '') ?? '';
  return content.length - content.trimStart().length;
}
