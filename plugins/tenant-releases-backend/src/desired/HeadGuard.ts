import type { GitCommit } from '@internal/gitops';

type HeadCommit = Pick<GitCommit, 'sha' | 'committedAt'>;

/** Heads that are remembered as replaced. */
const maxPast = 50;
/** A replica of Git may lag behind for a while; what is told for longer is a branch that was set back. Milliseconds. */
const lagMs = 6_000;
const minTold = 2;

/** Decides whether a commit that Git names as the branch's head is taken for it. */
export class HeadGuard {
  #past: string[] = [];
  #current: HeadCommit | undefined;
  #told: { sha: string; count: number; since: number } | undefined;

  /** Called for each head that Git names. One that is older than the one taken has to be told for a while. */
  accepts(head: HeadCommit, now = Date.now()): boolean {
    const { sha } = head;
    if (!this.#isOlder(head)) {
      this.#told = undefined;
      return true;
    }
    const { count, since } = this.#told?.sha === sha ? this.#told : { count: 0, since: now };
    this.#told = { sha, count: count + 1, since };
    return count + 1 >= minTold && now - since >= lagMs;
  }

  /** A head was taken. */
  take(head: HeadCommit): void {
    const { sha } = head;
    if (this.#current && this.#current.sha !== sha) {
      const others = this.#past.filter(past => past !== this.#current?.sha && past !== sha);
      this.#past = [...others, this.#current.sha].slice(-maxPast);
    }
    this.#current = head;
    this.#told = undefined;
  }

  /** It was the head before, or was made before the one that is: a branch's commits are in the order of their times. */
  #isOlder({ sha, committedAt }: HeadCommit): boolean {
    if (!this.#current || this.#current.sha === sha) return false;
    return (
      this.#past.includes(sha) || Date.parse(committedAt) < Date.parse(this.#current.committedAt)
    );
  }
}
