import { shorten } from '@internal/plugin-tenant-releases-common';
import { code, plain, table } from '../output/markdown';
import type { BumpChange, BumpPlan, BumpSkip } from './planBump';

/** Marks commits that a bump made; a branch whose head is another commit is somebody else's. */
const trailer = 'Gitops-Bump';

/** More rows than anybody reads, and than a pull request's body holds. */
const maxRows = 200;

/** What the texts of a pull request are made of. */
export interface ProposalSubject {
  service: string;
  version: string;
  /** Tenants of this pull request. */
  changes: ReadonlyArray<Omit<BumpChange, 'before' | 'text'>>;
  /** Tenants that were left alone, of its ring or of all. */
  skipped: readonly BumpSkip[];
  /** Its ring, as people call it; absent when it is for several. */
  ringTitle?: string;
  /** Whether the tenants are held at the version, too. */
  held?: boolean;
  /** Rings that come before it and do not have the version yet. */
  earlier?: BumpPlan['waiting'];
  /** Markdown about the version, for example its commit. */
  about?: string;
}

/** Title of the pull request, and subject of its commit. */
export function proposalTitle({
  service,
  version,
  changes,
  ringTitle,
  held,
}: ProposalSubject): string {
  const only = changes.length === 1 ? ` for ${changes[0].tenant}` : '';
  const where = ringTitle === undefined ? only : ` in ${ringTitle}`;
  if (held) {
    const tenants = changes.map(({ tenant }) => tenant).join(', ');
    return `Hold ${shorten(tenants, 60)} at ${service} ${version}`;
  }
  return `Bump ${service} to ${version}${where}`;
}

/** Message of the commit. */
export function commitMessage(subject: ProposalSubject): string {
  const { service, version } = subject;
  const tenants = subject.changes
    .slice(0, maxRows)
    .map(({ tenant, from, to }) => `- ${tenant}: ${from} -> ${to}`);
  return `${proposalTitle(subject)}\n\n${tenants.join(
    '\n',
  )}\n\n${trailer}: ${service}@${version}\n`;
}

/** Whether a commit was made by a bump. */
export function isBumpCommit(message: string): boolean {
  return message.includes(`\n${trailer}: `);
}

/** Body of the pull request, in Markdown. */
export function proposalBody(subject: ProposalSubject): string {
  const { service, version, changes, skipped, about } = subject;
  const rows = changes
    .slice(0, maxRows)
    .map(({ tenant, displayName, tier, from, to, unpinned }) => [
      code(tenant),
      plain(displayName, 80),
      tier,
      code(from),
      unpinned ? `${code(to)} (digest removed)` : code(to),
    ]);
  const left = skipped
    .slice(0, maxRows)
    .map(({ tenant, reason }) => `- ${code(tenant)} ${plain(reason)}`);
  return [
    ...(about ? [about, ''] : []),
    ...table(['tenant', 'name', 'tier', 'from', 'to'], rows),
    ...more(changes.length),
    ...earlierRings(subject),
    '**Blast radius**',
    '',
    `- tenants: ${changes.length}`,
    `- tiers: ${tally(changes.map(({ tier }) => tier))}`,
    `- rings: ${tally(changes.map(({ ring }) => `ring ${ring}`))}`,
    `- owners: ${tally(changes.map(({ owner }) => owner))}`,
    '',
    ...(left.length > 0 ? ['**Left alone**', '', ...left, ...more(skipped.length), ''] : []),
    subject.held
      ? 'The tenants stay on this version until `tenant.hold` is removed: bumps leave them alone.'
      : 'Rolling back is a bump to the version before with `--hold`, so that the next bump obeys it.',
    '',
    `<sub>${code(
      `gitops bump --service ${service} --version ${version}`,
    )}; a later version updates this pull request.</sub>`,
  ].join('\n');
}

function more(rows: number): string[] {
  return rows > maxRows ? [`and ${rows - maxRows} more`, ''] : [];
}

function earlierRings({ earlier = [] }: ProposalSubject): string[] {
  if (earlier.length === 0) return [];
  const names = earlier
    .map(({ title, tenants }) => `${plain(title)} (${tenants.length})`)
    .join(', ');
  return [`**Merge later:** these rings come first and do not have the version yet: ${names}.`, ''];
}

function tally(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const shown = [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  const text = shown.slice(0, 20).map(([value, count]) => `${code(value)} ${count}`);
  return [...text, ...(shown.length > 20 ? [`${shown.length - 20} more`] : [])].join(', ');
}
