import type { DesiredVersion, VersionCommit } from '@internal/plugin-tenant-releases-common';
import { authorText, mergerText, nameOf, writerText } from './authorText';

/** What a release changed and who did it, in few words. */
export interface ChangeText {
  /** What it is about: the commit of the version, or the pull request. */
  title?: string;
  /** Who is behind it; undefined while nobody knows. */
  who?: string;
}

/** The title of a version's commit; a commit may have none. */
export function sourceTitle({ title }: VersionCommit): string {
  return title || 'commit without a message';
}

/** Who wrote the commit of a version; undefined when Git names nobody. */
export function sourceAuthor({ author, isBot }: VersionCommit): string | undefined {
  return author ? nameOf(author, isBot) : undefined;
}

const isProgram = (writer: string | undefined) => writer?.endsWith(' (bot)') ?? true;

/** The commit of the version, where it says more than the change of the file does. */
function speakingSource(change: DesiredVersion): VersionCommit | undefined {
  const isBump = /^bump\b/i.test(change.pullRequest?.title ?? '');
  return isBump || isProgram(writerText(change)) ? change.source : undefined;
}

/**
 * What a change is about and who is behind it. A bump, and what else a program proposes, says no more than the version's name:
 * there the commit that the version was built from speaks, with its author. What a person wrote, such as a roll-back, speaks
 * for itself.
 */
export function changeText(change: DesiredVersion): ChangeText {
  const source = speakingSource(change);
  if (!source) return { title: change.pullRequest?.title, who: authorText(change) };
  const merger = mergerText(change);
  const who = [sourceAuthor(source), merger && `merged by ${merger}`].filter(Boolean).join(', ');
  return { title: sourceTitle(source), ...(who ? { who } : {}) };
}

/** The one to ask about a change, for where there is no room for more: who wrote it, or merged what a program wrote. */
export function personText(change: DesiredVersion): string | undefined {
  const source = speakingSource(change);
  const writer = source ? sourceAuthor(source) : writerText(change);
  const person = isProgram(writer) ? mergerText(change) : writer;
  return person ?? writer;
}
