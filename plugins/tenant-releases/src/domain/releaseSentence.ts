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
  const because = (text: string) => asSentence(reason ? `${text}: ${reason}` : text);
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
      return because(`${service} is degraded${forAge}`);
    case 'drifted':
      return because(`${service} has drifted from Git${forAge}`);
    default:
      return because(`Nobody knows how ${service} is now`);
  }
}
