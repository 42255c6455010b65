/** One line of a difference. */
export interface DiffLine {
  kind: 'added' | 'removed' | 'same' | 'gap';
  /** Without its mark; of a gap, where the text goes on. */
  text: string;
  /** Number of the line in the text before, from 1; absent where it has none. */
  before?: number;
  /** The same in the text after. */
  after?: number;
}

/** So many lines are drawn; more would be slow, and nobody reads them. */
export const maxDiffLines = 1_500;
/** So many characters of a line are drawn. */
const maxLineLength = 2_000;

const hunk = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

const kinds: Record<string, 'added' | 'removed' | 'same'> = {
  '+': 'added',
  '-': 'removed',
  ' ': 'same',
};

const cut = (text: string) =>
  text.length > maxLineLength ? `${text.slice(0, maxLineLength - 1)}…` : text;

/**
 * Reads a text as `diff -u` writes it
 * (https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html). What stands before the first hunk
 * names the files and is left out; what cannot be read is shown as it is.
 */
export function readDiff(text: string): { lines: DiffLine[]; truncated: boolean } {
  const lines: DiffLine[] = [];
  let before = 0;
  let after = 0;
  for (const line of text.split('\n')) {
    if (lines.length >= maxDiffLines) return { lines, truncated: true };
    const start = hunk.exec(line);
    if (start) {
      before = Number(start[1]);
      after = Number(start[3]);
      // At the top of a text there is nothing to leave out.
      if (lines.length > 0 || before > 1)
        lines.push({ kind: 'gap', text: `line ${after || before}` });
    } else if (before + after > 0 && line !== '' && line[0] !== '\\') {
      const kind = kinds[line[0]];
      const drawn: DiffLine = { kind: kind ?? 'same', text: cut(kind ? line.slice(1) : line) };
      if (drawn.kind !== 'added') drawn.before = before++;
      if (drawn.kind !== 'removed') drawn.after = after++;
      lines.push(drawn);
    }
  }
  return { lines, truncated: false };
}

/** How many lines were added and removed: `+3 -1`. */
export function countDiff(lines: readonly DiffLine[]): string {
  const count = (kind: DiffLine['kind']) => lines.filter(line => line.kind === kind).length;
  return `+${count('added')} -${count('removed')}`;
}
