import type { Labels } from '../pipeline/labelSet';
import type { LogStore } from '../store/logStore';
import type { Stream } from '../store/stream';

/** A stream as a query sees it. */
export interface Source {
  /** The stream's labels; a query over several tenants also gets `__tenant_id__`. */
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

/** All streams of the tenants that a query is for. */
export function sourcesOf(store: LogStore, tenants: string[]): Source[] {
  return tenants.flatMap(tenant =>
    store.streams(tenant).map(stream => ({
      stream,
      labels: tenants.length > 1 ? { ...stream.labels, __tenant_id__: tenant } : stream.labels,
    })),
  );
}
