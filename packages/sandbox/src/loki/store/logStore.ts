import { z } from 'zod';
import { formatLabels, type Labels } from '../pipeline/labelSet';
import { Segments, type SegmentLimits } from './segments';
import { Stream } from './stream';

/** About a day, and about as much memory as the portal itself uses. */
export const defaultLimits: SegmentLimits = {
  segmentBytes: 4 * 1024 * 1024,
  segmentAge: 60 * 60 * 1000,
  totalBytes: 64 * 1024 * 1024,
  retention: 24 * 60 * 60 * 1000,
};

/** A line to be kept. */
export interface NewEntry {
  /** Nanoseconds since 1970. */
  time: bigint;
  line: string;
  metadata: Labels;
}

const recordSchema = z.object({
  tenant: z.string(),
  labels: z.record(z.string(), z.string()),
  entries: z.array(
    z.tuple([z.string().regex(/^\d+$/), z.string(), z.record(z.string(), z.string())]),
  ),
});

/** All lines of all tenants: in memory to be searched, in segment files to outlive the process. */
export class LogStore {
  private readonly tenants = new Map<string, Map<string, Stream>>();
  /** Equal metadata of many lines is one object. */
  private readonly metadata = new Map<string, Labels>();
  private readonly segments: Segments;
  /** How many records of the files could not be read at the start. */
  readonly unreadable: number;

  /** Opens the directory and reads what an earlier process has left there. */
  constructor(options: { directory: string; limits?: SegmentLimits; now?: () => number }) {
    const limits = options.limits ?? defaultLimits;
    this.segments = new Segments(options.directory, limits, options.now ?? Date.now);
    let misshapen = 0;
    const { unreadable } = this.segments.load((value, segment) => {
      const record = recordSchema.safeParse(value);
      if (!record.success) {
        misshapen++;
        return;
      }
      const { tenant, labels, entries } = record.data;
      const stream = this.stream(tenant, labels);
      for (const [time, line, metadata] of entries) {
        stream.add({ time: BigInt(time), line, metadata: this.shared(metadata), segment });
      }
    });
    this.unreadable = unreadable + misshapen;
    this.expire();
  }

  /** The streams of a tenant. */
  streams(tenant: string): Stream[] {
    return [...(this.tenants.get(tenant)?.values() ?? [])];
  }

  /** The stream with these labels, if there is one. */
  find(tenant: string, labels: Labels): Stream | undefined {
    return this.tenants.get(tenant)?.get(formatLabels(labels));
  }

  /** Keeps lines of one stream; they are on disk when this returns. */
  append(tenant: string, labels: Labels, entries: NewEntry[]): void {
    if (entries.length === 0) return;
    const segment = this.segments.append({
      tenant,
      labels,
      entries: entries.map(({ time, line, metadata }) => [time.toString(), line, metadata]),
    });
    const stream = this.stream(tenant, labels);
    for (const { time, line, metadata } of entries) {
      stream.add({ time, line, metadata: this.shared(metadata), segment });
    }
  }

  /** Forgets what is too old or too much. To be called now and then. */
  expire(): void {
    for (const segment of this.segments.expire()) {
      for (const streams of this.tenants.values()) {
        for (const stream of streams.values()) {
          stream.drop(segment);
          if (stream.isEmpty) streams.delete(stream.key);
        }
      }
    }
  }

  close(): void {
    this.segments.close();
  }

  private stream(tenant: string, labels: Labels): Stream {
    let streams = this.tenants.get(tenant);
    if (!streams) {
      streams = new Map();
      this.tenants.set(tenant, streams);
    }
    const created = new Stream(labels);
    const existing = streams.get(created.key);
    if (existing) return existing;
    streams.set(created.key, created);
    return created;
  }

  private shared(metadata: Labels): Labels {
    const key = formatLabels(metadata);
    const known = this.metadata.get(key);
    if (known) return known;
    // Mostly a handful of levels; metadata that never repeats is not worth remembering.
    if (this.metadata.size < 1000) this.metadata.set(key, metadata);
    return metadata;
  }
}
