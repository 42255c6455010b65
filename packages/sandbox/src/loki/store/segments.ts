import fs from 'node:fs';
import path from 'node:path';

/** Bounds of what is kept on disk (and, as it is the same, in memory). */
export interface SegmentLimits {
  /** A segment that has grown to this many bytes is followed by a new one. */
  segmentBytes: number;
  /** A segment that was begun this long ago, in milliseconds, is followed by a new one. */
  segmentAge: number;
  /** The oldest segments go when all hold more bytes than this. */
  totalBytes: number;
  /** Segments not written to for this long, in milliseconds, go. */
  retention: number;
}

interface Segment {
  number: number;
  bytes: number;
  begunAt: number;
  writtenAt: number;
}

const fileName = /^(\d{8})\.jsonl$/;

/**
 * Append-only files of lines of JSON. Each line is handed to the system in one write before
 * {@link Segments.append} returns, so a process that is killed loses nothing but a line that it was
 * writing; that line has no end and is passed over when read. Each start begins a new file, so
 * nothing is ever written behind such a line.
 */
export class Segments {
  private readonly segments: Segment[] = [];
  private current: { segment: Segment; file: number } | undefined;

  constructor(
    private readonly directory: string,
    private readonly limits: SegmentLimits,
    private readonly now: () => number,
  ) {
    fs.mkdirSync(directory, { recursive: true });
  }

  /**
   * Reads all records in the order in which they were written.
   *
   * @returns how many lines were no JSON
   */
  load(onRecord: (record: unknown, segment: number) => void): { unreadable: number } {
    let unreadable = 0;
    for (const name of fs.readdirSync(this.directory).sort()) {
      const match = fileName.exec(name);
      if (!match) continue;
      const number = Number(match[1]);
      const file = path.join(this.directory, name);
      const { size, birthtimeMs, mtimeMs } = fs.statSync(file);
      this.segments.push({ number, bytes: size, begunAt: birthtimeMs, writtenAt: mtimeMs });
      const lines = fs.readFileSync(file, 'utf8').split('\n');
      // What follows the last line break is '' or a torn line.
      if (lines.pop() !== '') unreadable++;
      for (const line of lines) {
        try {
          onRecord(JSON.parse(line), number);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          unreadable++;
        }
      }
    }
    return { unreadable };
  }

  /**
   * Writes a record.
   *
   * @returns the number of the segment that holds it
   */
  append(record: unknown): number {
    const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
    const { segment, file } = this.writable();
    let written = 0;
    while (written < bytes.length) written += fs.writeSync(file, bytes, written);
    segment.bytes += bytes.length;
    segment.writtenAt = this.now();
    return segment.number;
  }

  /** Deletes what is too old or too much, and says which segments went. */
  expire(): number[] {
    const expired: number[] = [];
    const tooOld = this.now() - this.limits.retention;
    let total = this.segments.reduce((sum, each) => sum + each.bytes, 0);
    while (this.segments.length > 0) {
      const [oldest] = this.segments;
      if (oldest.writtenAt >= tooOld && total <= this.limits.totalBytes) break;
      if (oldest === this.current?.segment) this.close();
      fs.rmSync(this.path(oldest.number), { force: true });
      this.segments.shift();
      total -= oldest.bytes;
      expired.push(oldest.number);
    }
    return expired;
  }

  /** Closes the open file. The next record begins a new one. */
  close(): void {
    if (this.current) fs.closeSync(this.current.file);
    this.current = undefined;
  }

  private path(number: number): string {
    return path.join(this.directory, `${String(number).padStart(8, '0')}.jsonl`);
  }

  private writable(): { segment: Segment; file: number } {
    const { segmentBytes, segmentAge } = this.limits;
    if (this.current) {
      const { bytes, begunAt } = this.current.segment;
      if (bytes < segmentBytes && this.now() - begunAt < segmentAge) return this.current;
      this.close();
    }
    const number = (this.segments.at(-1)?.number ?? 0) + 1;
    const segment = { number, bytes: 0, begunAt: this.now(), writtenAt: this.now() };
    this.current = { segment, file: fs.openSync(this.path(number), 'ax') };
    this.segments.push(segment);
    return this.current;
  }
}
