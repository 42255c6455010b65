import { Clock } from './model/clock';
import { groupBy } from './model/groupBy';

/** The labels of a Loki stream. */
export type StreamLabels = Record<
  'namespace' | 'pod' | 'container' | 'app' | 'version' | 'cluster',
  string
>;

/** Where the collector sends to, and how. Times in milliseconds. */
export interface CollectorSettings {
  /** Base URL of Loki. */
  url: string;
  /** A line waits at most this long before it is sent. */
  batchDelay: number;
  firstRetry: number;
  lastRetry: number;
  /** Lines that are kept while Loki is away; the oldest go first. */
  maximumLines: number;
}

/** Settings that suit a Loki on the same machine. */
export const collectorDefaults: Omit<CollectorSettings, 'url'> = {
  batchDelay: 300,
  firstRetry: 500,
  lastRetry: 4000,
  maximumLines: 20_000,
};

interface Entry {
  labels: StreamLabels;
  /** Nanoseconds since 1970. */
  time: bigint;
  text: string;
}

const requestTimeoutMilliseconds = 5000;
const batchLines = 2000;

/** The body of Loki's push API: https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs */
export function pushBody(entries: Entry[]) {
  const streams = groupBy(entries, ({ labels }) => JSON.stringify(labels));
  return {
    streams: [...streams.values()].map(lines => ({
      stream: lines[0].labels,
      values: lines.map(({ time, text }) => [String(time), text]),
    })),
  };
}

/** Ships log lines to Loki, each under its namespace as the Loki tenant (X-Scope-OrgID). */
export class Collector {
  /** Lines that were given up: the buffer was full, or Loki refused them. */
  dropped = 0;
  private waiting: Entry[] = [];
  private cancel: (() => void) | undefined;
  private retry = 0;
  private closed = false;
  private sending: Promise<void> | undefined;

  constructor(
    private readonly settings: CollectorSettings,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {}

  add(labels: StreamLabels, time: bigint, text: string): void {
    this.waiting.push({ labels, time, text });
    const surplus = this.waiting.length - this.settings.maximumLines;
    if (surplus > 0) {
      this.waiting.splice(0, surplus);
      this.dropped += surplus;
    }
    this.schedule(this.settings.batchDelay);
  }

  /** Sends what is left, once, and ends. */
  async close(): Promise<void> {
    this.closed = true;
    this.cancel?.();
    await this.sending;
    await this.flush();
  }

  private schedule(delay: number): void {
    if (!this.cancel && !this.sending && !this.closed) {
      this.cancel = this.clock.after(delay, () => {
        this.cancel = undefined;
        this.sending = this.flush().finally(() => {
          this.sending = undefined;
          if (this.waiting.length > 0) {
            this.schedule(this.retry || this.settings.batchDelay);
          }
        });
      });
    }
  }

  private async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      const [{ labels }] = this.waiting;
      const batch = this.waiting
        .filter(entry => entry.labels.namespace === labels.namespace)
        .slice(0, batchLines);
      if (!(await this.push(labels.namespace, batch))) {
        return;
      }
      const sent = new Set(batch);
      this.waiting = this.waiting.filter(entry => !sent.has(entry));
    }
  }

  /** True when the lines are settled: taken by Loki, or refused for good. */
  private async push(tenant: string, batch: Entry[]): Promise<boolean> {
    const { url, firstRetry, lastRetry } = this.settings;
    let problem: string;
    try {
      const response = await fetch(`${url}/loki/api/v1/push`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Scope-OrgID': tenant },
        body: JSON.stringify(pushBody(batch)),
        signal: AbortSignal.timeout(requestTimeoutMilliseconds),
      });
      const text = await response.text();
      if (response.ok) {
        if (this.retry > 0) {
          this.log('collector: Loki takes lines again');
        }
        this.retry = 0;
        return true;
      }
      problem = `${response.status} ${text.trim().slice(0, 200)}`;
      if (response.status >= 400 && response.status < 500 && response.status !== 429) {
        this.dropped += batch.length;
        this.log(`collector: Loki refuses ${batch.length} lines of ${tenant}: ${problem}`);
        return true;
      }
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      problem = cause instanceof Error ? cause.message || cause.name : String(cause);
    }
    if (this.retry === 0) {
      this.log(`collector: Loki is away, keeping lines: ${problem}`);
    }
    this.retry = this.retry === 0 ? firstRetry : Math.min(this.retry * 2, lastRetry);
    return false;
  }
}
