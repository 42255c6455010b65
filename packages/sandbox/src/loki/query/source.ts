import type { Labels } from '../pipeline/labelSet';
import type { LogStore } from '../store/logStore';
import type { Stream } from '../store/stream';

/** A stream as a query sees it. */
export interface Source {
  labels: Labels;
  stream: Stream;
}

/** What a query has read, for its answer's statistics. */
export interface ScanCounts {
  lines: number;
  bytes: number;
  /** Lines that passed every filter. */
  matched: number;
}

/** All streams of the tenant that a query is for. */
export function sourcesOf(store: LogStore, tenant: string): Source[] {
  return store.streams(tenant).map(stream => ({ stream, labels: stream.labels }));
}
