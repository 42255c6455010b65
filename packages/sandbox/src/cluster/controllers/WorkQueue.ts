import { Clock } from '../model/clock';

/** Delays after a failed pass over a key; milliseconds. */
const firstRetry = 50;
const lastRetry = 5_000;

/**
 * Runs `reconcile` once for each key that was added, soon and one at a time, and again when it fails.
 * Adding a key that waits already changes nothing: a pass looks at the present state, not at what happened.
 */
export class WorkQueue {
  private readonly waiting = new Set<string>();
  private readonly failures = new Map<string, number>();
  private readonly timers = new Map<string, () => void>();
  private cancelPass: (() => void) | undefined;
  private closed = false;

  /**
   * @param reconcile - brings what a key names closer to what is wanted; the answer, in milliseconds, asks for
   * another pass after that time
   * @param onError - hears of each failure and how many there were in a row
   */
  constructor(
    private readonly clock: Clock,
    private readonly reconcile: (key: string) => number | void,
    private readonly onError: (key: string, error: unknown, failures: number) => void,
  ) {}

  add(key: string): void {
    if (this.closed) {
      return;
    }
    this.waiting.add(key);
    this.cancelPass ??= this.clock.after(0, () => this.pass());
  }

  /** Adds the key after a time; a later call for the same key replaces an earlier one. */
  addAfter(key: string, milliseconds: number): void {
    this.timers.get(key)?.();
    this.timers.set(
      key,
      this.clock.after(milliseconds, () => {
        this.timers.delete(key);
        this.add(key);
      }),
    );
  }

  close(): void {
    this.closed = true;
    this.cancelPass?.();
    this.timers.forEach(cancel => cancel());
    this.timers.clear();
    this.waiting.clear();
  }

  private pass(): void {
    this.cancelPass = undefined;
    const keys = [...this.waiting];
    this.waiting.clear();
    for (const key of keys) {
      try {
        const again = this.reconcile(key);
        this.failures.delete(key);
        if (again !== undefined) {
          this.addAfter(key, again);
        }
      } catch (error) {
        const failures = (this.failures.get(key) ?? 0) + 1;
        this.failures.set(key, failures);
        this.onError(key, error, failures);
        this.addAfter(key, Math.min(lastRetry, firstRetry * 2 ** (failures - 1)));
      }
    }
  }
}
