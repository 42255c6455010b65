import { worstVersion, type Requests } from './requestsOf';

/** Since when more requests of a release fail than may, and with which version that began. */
export interface FailingSpan {
  /** RFC 3339; absent when nobody knows. */
  since?: string;
  version?: string;
}

/** What may fail, and when there are enough requests to tell. */
export interface ServingObjective {
  /** The part of the requests that may fail, 0 to 1. */
  errorRatio: number;
  /** Of fewer requests within the window nothing is said. */
  minRequests: number;
}

/** Keeps book of which releases fail, and since when. */
export class FailingSpans {
  readonly #spans = new Map<string, FailingSpan>();

  /**
   * @param requests - by release, of this moment
   * @param before - since when releases failed before this was first asked; absent later
   */
  update(
    requests: ReadonlyMap<string, Requests>,
    objective: ServingObjective,
    now: Date,
    before?: ReadonlyMap<string, Date>,
  ): void {
    for (const [key, found] of requests) {
      if (!isFailing(found, objective)) this.#spans.delete(key);
      else if (!this.#spans.has(key)) {
        const version = worstVersion(found);
        this.#spans.set(key, {
          since: (before?.get(key) ?? now).toISOString(),
          ...(version === undefined ? {} : { version }),
        });
      }
    }
    // Of what is measured no more nobody knows whether it still fails.
    for (const key of this.#spans.keys()) if (!requests.has(key)) this.#spans.delete(key);
  }

  get(key: string): FailingSpan | undefined {
    return this.#spans.get(key);
  }
}

/** Whether there are enough requests to tell how many fail. */
export function isTellable({ all }: Requests, { minRequests }: ServingObjective): boolean {
  return all > 0 && all >= minRequests;
}

/** Whether more requests fail than may. */
export function isFailing(requests: Requests, objective: ServingObjective): boolean {
  return isTellable(requests, objective) && requests.failed / requests.all > objective.errorRatio;
}
