import {
  untoldVersion,
  type Release,
  type ReleaseReason,
} from '@internal/plugin-tenant-releases-common';
import { asSentence, mainReason, pinningReason, restingReason, waitingReason } from './reasons';
import { deliveryOf, servingText } from './serving';
import { stateSince } from './stateSince';
import { formatDuration, secondsBetween } from './time';
import { mainRunningVersion, shortVersion } from './version';

type Code = ReleaseReason['code'];

/** What a release waits for that nothing moves; the version that it goes to follows. */
const waits: Partial<Record<Code, string>> = {
  SYNC_BY_HAND: 'waits for somebody to sync it to',
  SYNC_WINDOW_CLOSED: 'waits for its sync window, to go to',
  ROLLOUT_PAUSED: 'has paused on its way to',
};

const rests: Partial<Record<Code, string>> = {
  SCALED_TO_ZERO: 'is scaled to zero',
  BETWEEN_RUNS: 'is between two runs',
};

/**
 * How one release is, in a sentence that answers first: what it runs, and whether it serves.
 *
 * @param now - milliseconds since 1970
 */
export function releaseSentence(release: Release, now: number): string {
  const delivery = { ...release, ...deliveryOf(release) };
  return `${deliverySentence(delivery, now).replace(/[.]$/, '')}; ${servingText(release.serving)}.`;
}

function deliverySentence(release: Release, now: number): string {
  const { service, state, hold, desired } = release;
  const age = secondsBetween(stateSince(release), now);
  const forAge = age === undefined ? '' : ` for ${formatDuration(age)}`;
  const running = mainRunningVersion(release);
  const none = release.running.length > 0 ? 'pods that were never ready' : 'no pods that are known';
  const what = running === untoldVersion ? 'pods that tell no version' : undefined;
  const runs = running && !what ? `runs ${shortVersion(running)}` : `has ${what ?? none}`;
  const reason = mainReason(release)?.text;
  const differs = desired && running !== desired.version;
  const wants = differs ? `, Git wants ${shortVersion(desired.version)}` : '';
  const wanted = desired ? shortVersion(desired.version) : 'the version that Git wants';
  const rest = restingReason(release);
  const wait = waitingReason(release);
  switch (state) {
    case 'in-sync':
      if (!running && !rest) return `${service} is synced as Git wants; it ${runs}.`;
      return `${service} ${rest ? rests[rest.code] : runs}, as Git wants${forAge && `,${forAge}`}.`;
    case 'held': {
      const pin = pinningReason(release);
      const does = rest ? rests[rest.code] : runs;
      if (pin) {
        return asSentence(
          `${service} ${does} and is pinned there by its Application${forAge}: ${pin.text}`,
        );
      }
      return asSentence(`${service} ${does} and is held there${forAge}: ${hold?.reason ?? reason}`);
    }
    case 'progressing':
      return wait
        ? `${service} ${waits[wait.code]} ${wanted}; it ${runs}.`
        : `${service} is on its way to ${wanted}.`;
    case 'degraded':
      return `${service} is degraded${forAge}: it ${runs}${wants}.`;
    case 'drifted':
      return `${service} has drifted from Git${forAge}: it ${runs}${wants}.`;
    default:
      return running
        ? `Nobody knows how ${service} is now; last known, it ${runs}.`
        : `Nobody knows how ${service} is now.`;
  }
}
