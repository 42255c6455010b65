/**
 * Runs a handler for keys: never twice at a time for the same key, and once more when the key was added again meanwhile.
 * Different keys run side by side.
 */
export class KeyedQueue {
  private readonly running = new Set<string>();
  private readonly dirty = new Set<string>();
  private readonly timers = new Map<string, { timer: NodeJS.Timeout; at: number }>();
  private readonly waiters = new Map<string, Array<() => void>>();
  private readonly active = new Set<Promise<void>>();
  private stopped = false;

  constructor(private readonly handle: (key: string) => Promise<void>) {}

  /** Asks for a run after a delay in milliseconds; of several delays the shortest counts. */
  add(key: string, delay = 0): void {
    if (this.stopped) return;
    const at = Date.now() + delay;
    const planned = this.timers.get(key);
    if (planned && planned.at <= at) return;
    if (planned) clearTimeout(planned.timer);
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.run(key);
    }, delay);
    this.timers.set(key, { timer, at });
  }

  /** Asks for a run at once and resolves when it is over. */
  async addAndWait(key: string): Promise<void> {
    if (this.stopped) return;
    await new Promise<void>(resolve => {
      const waiting = this.waiters.get(key) ?? [];
      this.waiters.set(key, [...waiting, resolve]);
      this.add(key);
    });
  }

  /** Forgets what is planned and waits for what runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    for (const waiting of this.waiters.values()) for (const resolve of waiting) resolve();
    this.waiters.clear();
    await Promise.all(this.active);
  }

  private run(key: string): void {
    if (this.stopped) return;
    if (this.running.has(key)) {
      this.dirty.add(key);
      return;
    }
    this.running.add(key);
    const waiting = this.waiters.get(key) ?? [];
    this.waiters.delete(key);
    const task = this.handle(key).finally(() => {
      this.running.delete(key);
      this.active.delete(task);
      for (const resolve of waiting) resolve();
      if (this.dirty.delete(key)) this.run(key);
    });
    this.active.add(task);
  }
}
