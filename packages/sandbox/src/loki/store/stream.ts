import { formatLabels, type Labels } from '../pipeline/labelSet';

/** One line as it is kept. */
export interface Entry {
  /** Nanoseconds since 1970. */
  time: bigint;
  line: string;
  /** Labels of this line alone (Loki's structured metadata). */
  metadata: Labels;
  /** Number of the segment file that holds it. */
  segment: number;
}

/** Index of the first entry at or after a time. */
function firstAt(entries: readonly Entry[], time: bigint): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle].time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The lines of one set of labels, oldest first. */
export class Stream {
  private entries: Entry[] = [];
  /** The labels as text, sorted: what tells streams apart. */
  readonly key: string;

  constructor(readonly labels: Labels) {
    this.key = formatLabels(labels);
  }

  /** Time of the newest line. */
  get newest(): bigint | undefined {
    return this.entries.at(-1)?.time;
  }

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** Whether the same line with the same time is there already: a push that was repeated. */
  has(time: bigint, line: string): boolean {
    for (let index = firstAt(this.entries, time); index < this.entries.length; index++) {
      const entry = this.entries[index];
      if (entry.time !== time) return false;
      if (entry.line === line) return true;
    }
    return false;
  }

  /** Puts a line in its place; lines of the same time stay in the order of arrival. */
  add(entry: Entry): void {
    if (this.newest === undefined || this.newest <= entry.time) this.entries.push(entry);
    else this.entries.splice(firstAt(this.entries, entry.time + 1n), 0, entry);
  }

  /** The lines with `from <= time < until`. */
  between(from: bigint, until: bigint): Entry[] {
    return this.entries.slice(firstAt(this.entries, from), firstAt(this.entries, until));
  }

  /** Whether {@link Stream.between} would find a line. */
  hasBetween(from: bigint, until: bigint): boolean {
    const index = firstAt(this.entries, from);
    return index < this.entries.length && this.entries[index].time < until;
  }

  /** Forgets the lines of a segment. */
  drop(segment: number): void {
    this.entries = this.entries.filter(entry => entry.segment !== segment);
  }
}
