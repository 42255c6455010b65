import { finding, type Finding } from './releaseFindings';
import type { ReleaseParts } from './releaseParts';
import { shorten } from './shorten';

/** What Git alone tells: no file, a file that cannot be read, a hold, a freeze. */
export function gitFindings({
  desired,
  application,
  freeze,
  badVersion,
  freshness,
  now,
}: ReleaseParts): Finding[] {
  const found: Finding[] = [];
  if (!desired && application && freshness.git.state !== 'unknown') {
    found.push(
      finding(
        'drifted',
        'NOT_IN_GIT',
        'Argo CD has an Application of this name, but Git holds no tenant file for it.',
      ),
    );
  }
  if (desired && desired.problems.length > 0) {
    const [first, ...others] = desired.problems;
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    const shown = desired.file ? ' What is shown is the last content that could be read.' : '';
    found.push(
      finding(
        'unknown',
        'FILE_INVALID',
        `The tenant file cannot be read: ${shorten(first)}${more}.${shown}`,
        desired.change?.committedAt,
      ),
    );
  }
  const hold = desired?.file?.hold;
  if (hold) {
    found.push(
      finding(
        'held',
        'HELD',
        `Held at ${hold.version} by ${shorten(hold.by, 80)}: ${shorten(hold.reason)}`,
        hold.since,
      ),
    );
  }
  if (badVersion) {
    found.push(
      finding(
        'drifted',
        'BAD_VERSION',
        `${badVersion.version} is on the list of bad versions: ${shorten(badVersion.reason)}`,
        badVersion.since,
      ),
    );
  }
  if (freeze && Date.parse(freeze.until) > now.getTime()) {
    found.push(
      finding(
        'in-sync',
        'FROZEN',
        `No changes until ${freeze.until}: ${shorten(freeze.reason)}`,
        freeze.since,
      ),
    );
  }
  return found;
}
