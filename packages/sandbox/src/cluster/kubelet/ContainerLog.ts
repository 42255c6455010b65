/** One line of a container. */
export interface LogLine {
  /** Nanoseconds since 1970; later lines of a container have greater times. */
  time: bigint;
  text: string;
}

const maximumLines = 5000;
const maximumLineLength = 64 * 1024;

/** What one run of a container has printed: the newest lines, bounded. */
export class ContainerLog {
  private kept: LogLine[] = [];
  private partial: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
  private readonly listeners = new Set<(line: LogLine | undefined) => void>();
  private hasEnded = false;

  constructor(
    /** Gives each line its time; see {@link LogLine.time}. */
    private readonly nextTime: () => bigint,
  ) {}

  get lines(): readonly LogLine[] {
    return this.kept;
  }

  get ended(): boolean {
    return this.hasEnded;
  }

  /** Takes what a stream has printed; lines are cut at line ends, and where they grow too long. */
  append(stream: 'stdout' | 'stderr', chunk: string): void {
    const parts = (this.partial[stream] + chunk).split('\n');
    const rest = parts.pop() ?? '';
    for (const part of parts) {
      this.push(part);
    }
    if (rest.length > maximumLineLength) {
      this.push(rest);
      this.partial[stream] = '';
    } else {
      this.partial[stream] = rest;
    }
  }

  /** The container has ended: what was not ended by a line end is a line too. */
  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.partial[stream] !== '') {
        this.push(this.partial[stream]);
        this.partial[stream] = '';
      }
    }
    this.hasEnded = true;
    this.listeners.forEach(listener => listener(undefined));
    this.listeners.clear();
  }

  /** Calls `listener` for each new line, and with undefined at the end; the answer ends that. */
  subscribe(listener: (line: LogLine | undefined) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  private push(text: string): void {
    const line = { time: this.nextTime(), text: text.replace(/\r$/, '') };
    this.kept.push(line);
    if (this.kept.length > maximumLines * 1.2) {
      this.kept = this.kept.slice(-maximumLines);
    }
    this.listeners.forEach(listener => listener(line));
  }
}

/** Times for lines: the clock's, moved on where two lines fall into one tick. */
export function lineTimes(now: () => number): () => bigint {
  let last = 0n;
  return () => {
    const time = BigInt(Math.floor(now() * 1000)) * 1000n;
    last = time > last ? time : last + 1n;
    return last;
  };
}

/** RFC 3339 with nanoseconds, as `kubectl logs --timestamps` shows it. */
export function nanosecondTimestamp(time: bigint): string {
  const seconds = time / 1_000_000_000n;
  const fraction = String(time % 1_000_000_000n).padStart(9, '0');
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}
