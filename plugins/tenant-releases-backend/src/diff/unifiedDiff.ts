import { hideCiphertext } from '@internal/gitops';
import { unseenClasses } from '@internal/plugin-tenant-releases-common';

/** How a diff is written. */
export interface UnifiedDiffOptions {
  /** Names of the two sides, for the head of the text. */
  from: string;
  to: string;
  /** Lines round a change; default 3. */
  context?: number;
  /** Characters that the text may have; default 64 Ki. */
  maxLength?: number;
}

interface Line {
  sign: ' ' | '-' | '+';
  text: string;
}

/** More differing lines than this are shown as replaced altogether: finding the shortest way would take too long. */
const maxDistance = 1_000;
const controlCharacters = new RegExp(`[\\p{Cc}${unseenClasses}]`, 'gu');

/**
 * The lines that differ, as `diff -u` writes them:
 * https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 *
 * @returns an empty text when nothing differs; control characters are replaced and what sops has encrypted is hidden, so that
 * it can be shown anywhere
 */
export function unifiedDiff(
  before: string,
  after: string,
  { from, to, context = 3, maxLength = 64 * 1024 }: UnifiedDiffOptions,
): { text: string; truncated: boolean } {
  const lines = diffLines(split(hideCiphertext(before)), split(hideCiphertext(after, before)));
  const hunks = hunksOf(lines, context);
  if (hunks.length === 0) return { text: '', truncated: false };
  const text = [`--- ${from}`, `+++ ${to}`, ...hunks, ''].join('\n');
  if (text.length <= maxLength) return { text, truncated: false };
  const end = text.lastIndexOf('\n', maxLength) + 1;
  return { text: text.slice(0, end || maxLength), truncated: true };
}

function split(text: string): string[] {
  const lines = text.split(/\r?\n/).map(line => line.replace(controlCharacters, '\ufffd'));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function diffLines(a: string[], b: string[]): Line[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const kept = (text: string): Line => ({ sign: ' ', text });
  return [
    ...a.slice(0, start).map(kept),
    ...shortest(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(kept),
  ];
}

/** Myers, An O(ND) Difference Algorithm (1986). */
function shortest(a: string[], b: string[]): Line[] {
  const trace: Array<Map<number, number>> = [];
  let reach = new Map([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, maxDistance); d += 1) {
    trace.push(reach);
    const next = new Map<number, number>();
    for (let k = -d; k <= d; k += 2) {
      let x = goesDown(reach, k, d) ? reach.get(k + 1)! : reach.get(k - 1)! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a, b);
    }
    reach = next;
  }
  return [
    ...a.map(text => ({ sign: '-', text } as Line)),
    ...b.map(text => ({ sign: '+', text } as Line)),
  ];
}

function goesDown(reach: ReadonlyMap<number, number>, k: number, d: number): boolean {
  return k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
}

function walkBack(trace: Array<Map<number, number>>, a: string[], b: string[]): Line[] {
  const lines: Line[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const k = x - y;
    const from = goesDown(trace[d], k, d) ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : trace[d].get(from)!;
    const fromY = d === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      lines.push({ sign: ' ', text: a[x] });
    }
    if (d > 0 && x === fromX) lines.push({ sign: '+', text: b[fromY] });
    else if (d > 0) lines.push({ sign: '-', text: a[fromX] });
    x = fromX;
    y = fromY;
  }
  return lines.reverse();
}

function hunksOf(lines: Line[], context: number): string[] {
  const hunks: string[] = [];
  let [oldLine, newLine] = [1, 1];
  let index = 0;
  while (index < lines.length) {
    const first = nextChange(lines, index);
    if (first === undefined) break;
    const start = Math.max(index, first - context);
    oldLine += start - index;
    newLine += start - index;
    let end = first;
    for (let at = first; at < lines.length && at <= end + 2 * context; at += 1) {
      if (lines[at].sign !== ' ') end = at;
    }
    const hunk = lines.slice(start, end + 1 + context);
    const removed = hunk.filter(({ sign }) => sign !== '+').length;
    const added = hunk.filter(({ sign }) => sign !== '-').length;
    hunks.push(
      `@@ -${rangeOf(oldLine, removed)} +${rangeOf(newLine, added)} @@`,
      ...hunk.map(({ sign, text }) => sign + text),
    );
    oldLine += removed;
    newLine += added;
    index = start + hunk.length;
  }
  return hunks;
}

function nextChange(lines: Line[], from: number): number | undefined {
  for (let at = from; at < lines.length; at += 1) {
    if (lines[at].sign !== ' ') return at;
  }
  return undefined;
}

function rangeOf(line: number, count: number): string {
  if (count === 1) return String(line);
  return `${count === 0 ? line - 1 : line},${count}`;
}
