import type { Release } from '@internal/plugin-tenant-releases-common';
import { asSentence, mainReason } from './reasons';
import { stateSince } from './stateSince';
import { formatDuration, secondsBetween } from './time';
import { mainRunningVersion, shortVersion } from './version';

/**
 * How one release is, in a sentence that answers first.
 *
 * @param now - milliseconds since 1970
 */
export function releaseSentence(release: Release, now: number): string {
  const { service, state, hold, desired } = release;
  const age = secondsBetween(stateSince(release), now);
  const forAge = age === undefined ? '' : ` for ${formatDuration(age)}`;
  const running = mainRunningVersion(release);
  const runs = running ? `runs ${shortVersion(running)}` : 'has no pods that are known';
  const reason = mainReason(release)?.text;
  const differs = desired && running !== desired.version;
  const wants = differs ? `, Git wants ${shortVersion(desired.version)}` : '';
  switch (state) {
    case 'in-sync':
      return `${service} ${runs}, as Git wants${forAge && `,${forAge}`}.`;
    case 'held':
      return asSentence(`${service} ${runs} and is held there${forAge}: ${hold?.reason ?? reason}`);
    case 'progressing':
      return `${service} is on its way to ${
        desired ? shortVersion(desired.version) : 'the version that Git wants'
      }.`;
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
