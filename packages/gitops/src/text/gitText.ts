import type { EntryProblem } from '../tenantFile/entryProblems';
import { decodeText } from './decodeText';

/** What a file holds. */
export interface GitText {
  /** What is no UTF-8 in it is U+FFFD. */
  text: string;
  /** Why Helm would not take it for a text: empty, binary, in another encoding. */
  problem?: EntryProblem;
}

/** A content as text, and why it is none where Helm would not take it for one. */
export function toText(content: Buffer): GitText {
  const decoded = decodeText(content);
  return 'text' in decoded ? decoded : { text: content.toString('utf8'), ...decoded };
}
