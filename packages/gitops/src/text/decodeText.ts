import type { EntryProblem } from '../tenantFile/entryProblems';

/** A byte order mark stays in the text, so that it is written again. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const empty: EntryProblem = {
  rule: 'empty',
  problem: 'is empty',
  cure: 'write what belongs here, or delete the file',
};

/** The content of a file as text, or why it is none that Helm takes. */
export function decodeText(content: Uint8Array): { text: string } | { problem: EntryProblem } {
  if (content.length === 0) return { problem: empty };
  const [first, second] = content;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return refused('encoding', 'is UTF-16', 'save it as UTF-8 without a byte order mark');
  }
  if (content.includes(0)) {
    return refused('binary', 'holds a NUL byte: it is no text', 'put the YAML text in its place');
  }
  let text: string;
  try {
    text = decoder.decode(content);
  } catch {
    return refused('encoding', 'is not UTF-8', 'save it as UTF-8');
  }
  if (isLfsPointer(text)) {
    return refused('binary', 'is a pointer of Git LFS', 'keep the text itself in Git');
  }
  return /^[\ufeff\s]*$/.test(text) ? { problem: empty } : { text };
}

function refused(rule: EntryProblem['rule'], problem: string, cure: string) {
  return { problem: { rule, problem, cure } };
}

/** Whether a text only says where Git LFS keeps the content. https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
export function isLfsPointer(text: string): boolean {
  return text.startsWith('version https://git-lfs.github.com/spec/');
}
