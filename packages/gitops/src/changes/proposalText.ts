import { createHash } from 'node:crypto';
import { shorten } from '../text/shorten';
import { code, plain, table } from '../blast/markdown';
import type { BumpChange, BumpPlan, BumpSkip } from './planBump';

/** Marks commits that a bump made, with a fingerprint of what it changed. */
const trailer = 'Gitops-Bump';

/** More rows than anybody reads. */
export const maxRows = 200;

/** GitHub takes a body of 65,536 characters; the rest is for the mark. */
export const maxBody = 65_000;

/** What the texts of a pull request are made of. */
export interface ProposalSubject {
  service: string;
  version: string;
  /** Tenants of this pull request. */
  changes: ReadonlyArray<Omit<BumpChange, 'before' | 'text' | 'repository'>>;
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

/**
 * Message of the commit.
 *
 * @param files - {@link fingerprint} of the files that it changes, so that a commit that a person amended is told from ours
 */
export function commitMessage(subject: ProposalSubject, files: string): string {
  const { service, version } = subject;
  const tenants = subject.changes
    .slice(0, maxRows)
    .map(({ tenant, from, to }) => `- ${tenant}: ${from} -> ${to}`);
  return messageOf(proposalTitle(subject), tenants, `${service}@${version}`, files);
}

/** Message of a commit that {@link bumpMark} knows again. */
export function messageOf(
  title: string,
  lines: readonly string[],
  what: string,
  files: string,
): string {
  return `${title}\n\n${lines.join('\n')}\n\n${trailer}: ${what} files=${files}\n`;
}

/** What the message of a commit says of the bump or other change that made it; `files` is absent in those of earlier releases. */
export function bumpMark(message: string): { files?: string } | undefined {
  const found = /^Gitops-(?:Bump|Change): \S+(?: files=([0-9a-f]+))?$/m.exec(message);
  return found ? { ...(found[1] ? { files: found[1] } : {}) } : undefined;
}

/** One text for files and their contents, whatever their order. @param blobs - by path; empty where a file is gone */
export function fingerprint(blobs: Iterable<readonly [path: string, blob: string]>): string {
  const lines = [...blobs].map(([path, blob]) => `${blob} ${path}`).sort();
  return digest(lines.join('\n'));
}

/** The mark of a body: the same as long as a bump has nothing else to say, also when a person has edited the text. */
export function bodyMark(body: string | undefined): string | undefined {
  return /^<!-- gitops bump: ([0-9a-f]+) -->\s*$/m.exec(body ?? '')?.[1];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 20);
}

/** Body of the pull request, in Markdown. */
export function proposalBody(subject: ProposalSubject): string {
  const rows = [maxRows, 50, 10, 0];
  const texts = rows.map(count => bodyWith(subject, count));
  const text = texts.find(({ length }) => length <= maxBody) ?? texts[texts.length - 1];
  return withMark(proposalTitle(subject), text);
}

/** A body that {@link bodyMark} knows again. */
export function withMark(title: string, text: string): string {
  return `${text}\n\n<!-- gitops bump: ${digest(`${title}\n${text}`)} -->`;
}

function bodyWith(subject: ProposalSubject, limit: number): string {
  const { service, version, changes, skipped, about } = subject;
  const more = (count: number) => (count > limit ? [`and ${count - limit} more`, ''] : []);
  const rows = changes
    .slice(0, limit)
    .map(({ tenant, displayName, tier, from, to, unpinned }) => [
      code(tenant),
      plain(displayName, 80),
      tier,
      code(from),
      unpinned ? `${code(to)} (digest removed)` : code(to),
    ]);
  const left = skipped
    .slice(0, limit)
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

function earlierRings({ earlier = [] }: ProposalSubject): string[] {
  if (earlier.length === 0) return [];
  const names = earlier
    .map(({ title, tenants }) => `${plain(title)} (${tenants.length})`)
    .join(', ');
  return [`**Merge later:** these rings come first and do not have the version yet: ${names}.`, ''];
}

/** How often each value occurs, the most frequent first, in Markdown. */
export function tally(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const shown = [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  const text = shown.slice(0, 20).map(([value, count]) => `${code(value)} ${count}`);
  return [...text, ...(shown.length > 20 ? [`${shown.length - 20} more`] : [])].join(', ');
}
