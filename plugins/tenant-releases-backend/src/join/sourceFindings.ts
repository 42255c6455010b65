import { finding, type Finding } from './releaseFindings';
import type { PartFreshness, ReleaseParts } from './releaseParts';

const names = { git: 'Git', argocd: 'Argo CD', kubernetes: 'Kubernetes' } as const;
const shows = {
  git: 'the wanted version',
  argocd: 'sync and health',
  kubernetes: 'the running pods',
} as const;

/** Which parts of the release are old or missing because their source does not answer. */
export function sourceFindings({ freshness, now }: ReleaseParts): Finding[] {
  return (Object.keys(names) as Array<keyof typeof names>).flatMap(part =>
    sourceFinding(part, freshness[part], now),
  );
}

function sourceFinding(
  part: keyof typeof names,
  { state, ageSeconds, currentAt }: PartFreshness,
  now: Date,
): Finding[] {
  if (state === 'ok') return [];
  const since = currentAt ?? new Date(now.getTime() - ageSeconds * 1000).toISOString();
  if (state === 'unknown') {
    const text = `${names[part]} has not answered yet: ${shows[part]} cannot be told.`;
    return [finding('unknown', 'SOURCE_STALE', text, since)];
  }
  // The last known state stays in force; the reader is told how old it is.
  const text = `${names[part]} cannot be reached: ${shows[part]} may be out of date.`;
  return [finding('in-sync', 'SOURCE_STALE', text, since)];
}

/** Age in seconds of the oldest part that is not current; undefined while every part is. */
export function staleSeconds({ freshness }: ReleaseParts): number | undefined {
  const ages = Object.values(freshness)
    .filter(part => part.state !== 'ok')
    .map(part => part.ageSeconds);
  return ages.length > 0 ? Math.round(Math.max(...ages)) : undefined;
}
