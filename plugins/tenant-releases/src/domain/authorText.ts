import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';

/** A change, as far as it says who made it. */
export interface Authored {
  author?: string;
  isBot?: boolean;
  pullRequest?: PullRequestRef;
}

/** Somebody as people call them; a program is marked as one: `renovate (bot)`. */
export function nameOf(name: string, isBot?: boolean): string {
  const plain = name.replace(/\[bot\]$/, '');
  return isBot || plain !== name ? `${plain || name} (bot)` : name;
}

/** Who merged a change, as far as that is known. */
export function mergerText({ pullRequest }: Authored): string | undefined {
  return pullRequest?.mergedBy && nameOf(pullRequest.mergedBy, pullRequest.mergedByBot);
}

/** Who wrote a change. */
export function writerText({ author, isBot }: Authored): string | undefined {
  return author ? nameOf(author, isBot) : undefined;
}

/**
 * Who made a change: the person who can be named comes first. `Ada`, `Ada, merged by Lin`, or for what a program wrote
 * `merged by Lin, written by renovate (bot)`.
 */
export function authorText(change: Authored & { author: string }): string;
export function authorText(change: Authored): string | undefined;
export function authorText(change: Authored): string | undefined {
  const writer = writerText(change);
  const merger = mergerText(change);
  if (!merger || merger === writer) return writer ?? merger;
  if (!writer) return `merged by ${merger}`;
  return writer.endsWith(' (bot)')
    ? `merged by ${merger}, written by ${writer}`
    : `${writer}, merged by ${merger}`;
}
