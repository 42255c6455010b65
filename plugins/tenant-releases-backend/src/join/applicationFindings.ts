import { shorten, shortenError } from '@internal/gitops';
import { finding, isWithin, syncGraceSeconds, type Finding } from './releaseFindings';
import type { ReleaseParts } from './releaseParts';

/** What the Application itself says, before anybody is blamed: how it is set up, and what of it cannot be read. */
export function applicationFindings({ application, desired, now }: ReleaseParts): Finding[] {
  if (!application) return [];
  const found: Finding[] = [];
  const { unreadable = [], destinationProblem, isAmbiguous, deletedSince } = application;
  const { override, imageOverride, follows } = application;
  if (unreadable.length > 0) {
    const more = unreadable.length > 3 ? ` and ${unreadable.length - 3} more` : '';
    found.push(
      finding(
        'unknown',
        'APPLICATION_INVALID',
        `A part of Argo CD's Application cannot be read: ${unreadable
          .slice(0, 3)
          .map(field => shorten(field, 80))
          .join(', ')}${more}. Correct it in the Application.`,
      ),
    );
  }
  if (destinationProblem !== undefined) {
    found.push(
      finding(
        'degraded',
        'DESTINATION_UNKNOWN',
        `The destination is not a cluster that Argo CD knows: ${shortenError(
          destinationProblem,
        )}. Correct spec.destination of the Application.`,
      ),
    );
  }
  if (isAmbiguous) {
    found.push(
      finding(
        'unknown',
        'APPLICATION_AMBIGUOUS',
        'More than one Application deploys this tenant; only the first one is shown. Compare what they deploy, and where to, before you delete one.',
      ),
    );
  }
  if (deletedSince !== undefined) {
    const isYoung = isWithin(deletedSince, syncGraceSeconds, now);
    found.push(
      finding(
        isYoung ? 'progressing' : 'drifted',
        'APPLICATION_DELETING',
        'Argo CD is deleting the Application.',
        deletedSince,
      ),
    );
  }
  if (imageOverride) {
    const { key, value, by } = imageOverride;
    found.push(
      finding(
        'held',
        'OVERRIDDEN',
        `The Application overrides ${key} with ${shorten(value, 100)} (${shorten(by, 100)}).`,
      ),
    );
  }
  if (override) found.push(overridden(override, desired?.file?.version));
  if (follows) {
    const wants = follows.version === undefined ? '' : ` It holds ${follows.version} there.`;
    found.push(
      finding(
        'in-sync',
        'FOLLOWS_OTHER_REVISION',
        `The Application follows ${shorten(follows.revision, 80)}, not ${shorten(
          follows.branch,
          80,
        )}.${wants}`,
      ),
    );
  }
  return found;
}

/** Who set the version in the Application wanted it: the tenant stays on it until that is taken out again. */
function overridden(
  { version, by }: { version: string; by: string },
  fromFile: string | undefined,
): Finding {
  const isOther = fromFile !== undefined && fromFile !== version;
  const rule = isOther ? `; the tenant file says ${fromFile} and is overruled` : '';
  return finding(
    isOther ? 'held' : 'in-sync',
    'OVERRIDDEN',
    `The Application overrides the version with ${version} (${shorten(by, 100)})${rule}.`,
  );
}
