import type { BadVersion, PolicyFreeze } from '@internal/gitops';
import { isSeq, parseDocument } from 'yaml';

/** The text of the policy with one more bad version. */
export function withBadVersion(text: string, bad: BadVersion): string {
  return withEntry(text, 'badVersions', bad);
}

/** The text of the policy with one more freeze. */
export function withFreeze(text: string, freeze: PolicyFreeze): string {
  return withEntry(text, 'freezes', freeze);
}

function withEntry(text: string, list: string, entry: object): string {
  const document = parseDocument(text);
  document.addIn([list], entry);
  const entries = document.get(list);
  // An empty list is written as []; what is in it reads better line by line.
  if (isSeq(entries)) entries.flow = false;
  return document.toString({ lineWidth: 0 });
}
