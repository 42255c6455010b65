import { type Concern, type DeliveryConcern } from './concern';
import { formatCount } from './formatCount';

interface ConcernWords {
  /** A few words, for the button that drops its filter and for one release. */
  label: string;
  /** The words behind the number, for one and for more. */
  one: string;
  more: string;
  /** What these words are about, where the sentence says more of it. */
  what?: string;
}

/** The words for what can be the matter, the same in the sentence, on its filters, in the table and in the browser's tab. */
const words: Record<Concern, ConcernWords> = {
  failing: { label: 'Requests fail', one: 'fails', more: 'fail', what: 'requests' },
  'sync-failed': { label: 'Sync failed', one: 'has failed to sync', more: 'have failed to sync' },
  degraded: { label: 'Degraded', one: 'is degraded', more: 'are degraded' },
  alert: { label: 'Alert fires', one: 'has an alert that fires', more: 'have alerts that fire' },
  'bad-version': {
    label: 'Bad version',
    one: 'is on a bad version',
    more: 'are on a bad version',
  },
  drifted: { label: 'Drifted', one: 'has drifted', more: 'have drifted' },
  progressing: { label: 'Rolling out', one: 'is rolling out', more: 'are rolling out' },
  waiting: {
    label: 'Waits',
    one: 'waits for a person or a window',
    more: 'wait for a person or a window',
  },
  unknown: { label: 'Unknown', one: 'is in an unknown state', more: 'are in an unknown state' },
  stale: { label: 'Last known', one: 'row is last known', more: 'rows are last known' },
  pinned: {
    label: 'Pinned',
    one: 'is pinned by its Application',
    more: 'are pinned by their Applications',
  },
  held: { label: 'Held', one: 'is held', more: 'are held' },
  'scaled-to-zero': {
    label: 'Scaled to zero',
    one: 'is scaled to zero',
    more: 'are scaled to zero',
  },
  'between-runs': {
    label: 'Between runs',
    one: 'is between two runs',
    more: 'are between two runs',
  },
  frozen: { label: 'Frozen', one: 'is frozen', more: 'are frozen' },
  'not-measured': { label: 'Serving not measured', one: 'serves', more: 'serve' },
};

/** A few words for a concern. */
export function concernLabel(concern: Concern): string {
  return words[concern].label;
}

/** Concerns of which the sentence says for how long the longest of them is in that state. */
export const timedConcerns: readonly DeliveryConcern[] = ['sync-failed', 'degraded', 'drifted'];

/**
 * How many a concern is with: `2 have drifted`, `1 fails requests`.
 *
 * @param what - says more of what it is about: `33 % of requests since sha-4ed4022`
 */
export function countedConcern(concern: Concern, count: number, what = words[concern].what) {
  const { one, more } = words[concern];
  return [formatCount(count), count === 1 ? one : more, what].filter(Boolean).join(' ');
}
