import { shorten } from '../text/shorten';

/**
 * Text that somebody else wrote, as a code span of Markdown (CommonMark 6.1): shown as it is, without links, mentions or
 * HTML, also within a table.
 */
export function code(text: string, maxLength = 120): string {
  const line = shorten(text, maxLength);
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(run => run[0].length));
  const fence = '`'.repeat(longest + 1);
  // A blank on each side keeps a backtick at the edge apart from the fence; readers strip one.
  const padding = /^`|`$/.test(line) ? ' ' : '';
  // Tables are cut at "|" before code spans are looked for (GitHub Flavored Markdown 4.10).
  return `${fence}${padding}${line.replaceAll('|', '\\|')}${padding}${fence}`;
}

/** Text that somebody else wrote, within a sentence: every character that Markdown or HTML could take is escaped. */
export function plain(text: string, maxLength = 200): string {
  return shorten(text, maxLength)
    .replace(/[\\`*_{}[\]<>()#+!|~$:/.-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('@', '&#64;');
}

/** A table; cells are Markdown already. Without rows there is none. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}
