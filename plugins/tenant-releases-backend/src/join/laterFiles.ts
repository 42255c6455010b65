import { shorten } from '@internal/gitops';
import { finding, type Finding } from './releaseFindings';
import type { ReleaseParts } from './releaseParts';

/**
 * Values files that Helm reads after the tenant's may set the version, and are not looked into. Pods that all run another
 * version than the tenant file says are no drift then: the file that may say so is named, and the rest is not known.
 */
export function withLaterFiles(
  { application, pods }: Pick<ReleaseParts, 'application' | 'pods'>,
  findings: Finding[],
): Finding[] {
  const { laterFiles = [] } = application ?? {};
  const runOneVersion = new Set(pods.map(({ version }) => version)).size === 1;
  if (laterFiles.length === 0 || !runOneVersion) return findings;
  const named = laterFiles
    .slice(-3)
    .map(file => shorten(file, 100))
    .join(', ');
  return findings.map(found => {
    const { code, text, since } = found.reason;
    if (code !== 'IMAGE_DIFFERS') return found;
    const why = `${named} is read after the tenant file and may set the version: ${text}`;
    return finding('unknown', 'OVERRIDDEN', why, since);
  });
}
