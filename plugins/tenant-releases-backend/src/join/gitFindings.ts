import { shorten } from '@internal/gitops';
import { finding, type Finding } from './releaseFindings';
import type { ReleaseParts } from './releaseParts';

/** The version that Git wants must not be released: Git and pods may agree, and it is wrong all the same. */
export function badVersionFindings({ badVersion }: ReleaseParts): Finding[] {
  if (!badVersion) return [];
  const { version, reason, since, isLeftOver } = badVersion;
  const subject = isLeftOver ? `Pods still run ${version}, which` : version;
  const text = `${subject} is on the list of bad versions: ${shorten(reason)}`;
  const found = finding('degraded', 'BAD_VERSION', text, since);
  return [{ ...found, reason: { ...found.reason, version } }];
}

/** What Git alone tells: no file, a file that cannot be read, a hold, a freeze. */
export function gitFindings({
  desired,
  application,
  freeze,
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
  const { hold, version } = desired?.file ?? {};
  if (hold) {
    // A hold that somebody has gone past holds nothing.
    const isObeyed = version === hold.version;
    const by = hold.by === undefined ? '' : ` by ${shorten(hold.by, 80)}`;
    const held = `${hold.version}${by}: ${shorten(hold.reason)}`;
    found.push(
      isObeyed
        ? finding('held', 'HELD', `Held at ${held}`, hold.since)
        : finding('drifted', 'HELD', `Git wants ${version} in spite of the hold at ${held}`),
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
