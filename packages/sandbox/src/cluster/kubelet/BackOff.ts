/** Delays that double from one failure to the next; milliseconds. */
export interface BackOffSettings {
  initial: number;
  maximum: number;
}

/** Counts failures in a row and says how long to wait. */
export class BackOff {
  private current = 0;

  constructor(private readonly settings: BackOffSettings) {}

  /** The next delay. */
  next(): number {
    this.current =
      this.current === 0
        ? this.settings.initial
        : Math.min(this.current * 2, this.settings.maximum);
    return this.current;
  }

  reset(): void {
    this.current = 0;
  }
}

/** A delay as Go prints durations: `10s`, `1m20s`, `5m0s`. */
export function goDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 1) {
    return `${milliseconds}ms`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}
