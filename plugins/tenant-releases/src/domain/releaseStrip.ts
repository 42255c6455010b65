import type { Release, ReleaseReason } from '@internal/plugin-tenant-releases-common';
import { mergedAt } from './stateSince';
import { formatDuration, secondsBetween } from './time';
import { shortVersion } from './version';

/** Where a release stopped on its way from Git to the pods, and why. */
export interface StripExplanation {
  /** The first part that is not as Git wants; `undefined` when the three agree. */
  stoppedAt?: 'desired' | 'synced' | 'running';
  /** What the numbers alone say, a whole sentence; absent where the reasons say more. */
  fact?: string;
  /** Why, the one of most concern first. */
  reasons: ReleaseReason[];
}

type Code = ReleaseReason['code'];

const stops: Record<Exclude<StripExplanation['stoppedAt'], undefined>, readonly Code[]> = {
  desired: ['NOT_IN_GIT'],
  synced: ['SYNC_FAILED', 'GIT_AHEAD', 'NOT_DEPLOYED', 'MANUAL_CHANGE'],
  running: [
    'CRASH_LOOPING',
    'IMAGE_PULL',
    'NO_PODS',
    'ROLLING_OUT',
    'IMAGE_DIFFERS',
    'HEALTH_DEGRADED',
  ],
};

/** These have a place of their own: beside the part whose source is late, on top of the page, with the state. */
const toldElsewhere: readonly Code[] = ['SOURCE_STALE', 'FILE_INVALID', 'HELD', 'FROZEN'];

function firstStop({ desired, synced, running, reasons }: Release): StripExplanation['stoppedAt'] {
  const has = (codes: readonly Code[]) => reasons.some(({ code }) => codes.includes(code));
  if (!desired) return 'desired';
  if (synced?.version !== undefined && synced.version !== desired.version) return 'synced';
  if (has(stops.synced)) return 'synced';
  const behind = running.some(
    ({ version, ready, pods }) => version !== desired.version || ready < pods,
  );
  return behind || has(stops.running) ? 'running' : undefined;
}

/** What the numbers alone say, where no reason says more. */
function bareFact({ desired, synced, running }: Release, now: number): string | undefined {
  if (!desired) return 'Git says no version.';
  if (synced?.version !== undefined && synced.version !== desired.version) {
    const age = secondsBetween(mergedAt(desired), now);
    const ahead = age === undefined ? 'ahead' : `${formatDuration(age)} ahead`;
    return `Git is ${ahead}: Argo CD is still at ${shortVersion(synced.version)}.`;
  }
  const total = running.reduce((sum, { pods }) => sum + pods, 0);
  const ready = running.find(({ version }) => version === desired.version)?.ready ?? 0;
  return ready < total
    ? `${ready} of ${total} pods are ready on ${shortVersion(desired.version)}.`
    : undefined;
}

/**
 * Compares what Git wants, what Argo CD synced and what the pods run, and says where it stopped and why.
 *
 * @param now - milliseconds since 1970
 * @returns `undefined` when there is nothing to explain
 */
export function explainStrip(release: Release, now: number): StripExplanation | undefined {
  const stoppedAt = firstStop(release);
  const told = release.reasons.filter(({ code }) => !toldElsewhere.includes(code));
  const fact = bareFact(release, now);
  // "Git wants X, Argo CD has Y" is the fact itself, here with its age.
  const reasons = told.filter(({ code }) => code !== 'GIT_AHEAD' || fact === undefined);
  const saysMore = stoppedAt === 'synced' || reasons.length === 0;
  const shownFact = fact !== undefined && saysMore ? fact : undefined;
  if (shownFact === undefined && reasons.length === 0) return undefined;
  return { stoppedAt, ...(shownFact === undefined ? {} : { fact: shownFact }), reasons };
}
