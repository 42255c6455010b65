import { Clock } from '../model/clock';

/** A clock that stands still until it is moved on. */
export class FakeClock implements Clock {
  private time: number;
  private timers: { at: number; order: number; run: () => void }[] = [];
  private order = 0;

  constructor(start = Date.parse('2026-11-23T10:00:00Z')) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  after(milliseconds: number, run: () => void): () => void {
    this.order += 1;
    const timer = { at: this.time + milliseconds, order: this.order, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter(item => item !== timer);
    };
  }

  /** Moves time on and runs what falls due, in order, also what is set meanwhile. */
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (let next = this.due(end); next; next = this.due(end)) {
      const timer = next;
      this.timers = this.timers.filter(item => item !== timer);
      this.time = Math.max(this.time, timer.at);
      timer.run();
    }
    this.time = end;
  }

  private due(end: number) {
    return this.timers
      .filter(timer => timer.at <= end)
      .sort((left, right) => left.at - right.at || left.order - right.order)[0];
  }
}
