import type { ErrorCode } from 'yaml';

/** What is wrong, and what to do; never text of the file, which may be a secret. */
interface Explanation {
  problem: string;
  cure: string;
}

const explanations: Partial<Record<ErrorCode, Explanation>> = {
  ALIAS_PROPS: { problem: 'puts an anchor or tag on an alias', cure: 'write the value out' },
  BAD_ALIAS: { problem: 'names an anchor that is not set before', cure: 'write the value out' },
  BAD_COLLECTION_TYPE: { problem: 'has a tag that does not fit', cure: 'remove the tag' },
  BAD_DIRECTIVE: { problem: 'holds a % directive', cure: 'remove the line that begins with %' },
  BAD_DQ_ESCAPE: {
    problem: 'holds an escape that YAML does not know in double quotes',
    cure: 'use single quotes, or double the backslash',
  },
  BAD_INDENT: { problem: 'is indented wrongly', cure: 'indent with two spaces a level' },
  BAD_PROP_ORDER: { problem: 'has its anchor or tag in a wrong place', cure: 'remove it' },
  BAD_SCALAR_START: {
    problem: 'begins with a character that YAML keeps for itself',
    cure: 'put the value in quotes',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    problem: 'holds ": " a second time on one line',
    cure: 'put the value in quotes, or begin a new line after the first key',
  },
  BLOCK_IN_FLOW: {
    problem: 'begins a block within brackets',
    cure: 'close the brackets before it',
  },
  IMPOSSIBLE: { problem: 'is no YAML', cure: 'write it anew' },
  KEY_OVER_1024_CHARS: { problem: 'has a key of over 1,024 characters', cure: 'shorten the key' },
  MISSING_CHAR: {
    problem: 'lacks a character: a ":" after a key, a quote or a closing bracket',
    cure: 'add it',
  },
  MULTILINE_IMPLICIT_KEY: {
    problem: 'lacks a ":" after a key',
    cure: 'write "key: value" on one line',
  },
  MULTIPLE_ANCHORS: { problem: 'has two anchors', cure: 'remove them' },
  MULTIPLE_DOCS: {
    problem:
      'holds more than one document with content, of which Helm 3 reads the first, and Helm 4 puts all of them into one',
    cure: 'remove the "---" line and what is not meant',
  },
  MULTIPLE_TAGS: { problem: 'has two tags', cure: 'remove them' },
  NON_STRING_KEY: { problem: 'has a key that is no text', cure: 'put the key in quotes' },
  RESOURCE_EXHAUSTION: {
    problem: 'is nested too deeply',
    cure: 'write it with a few levels, as the other files',
  },
  TAB_AS_INDENT: { problem: 'is indented with a tab', cure: 'indent with two spaces a level' },
  TAG_RESOLVE_FAILED: { problem: 'has a tag that is not known', cure: 'remove the tag ("!...")' },
  UNEXPECTED_TOKEN: {
    problem: 'goes on where YAML expects an end: a quote, a comma or a line break is missing',
    cure: 'compare it with the line above, and put values with special characters in quotes',
  },
};

/** Explains an error of the YAML parser in words of our own. */
export function explain(code: ErrorCode): Explanation {
  return explanations[code] ?? { problem: `is no YAML (${code})`, cure: 'mend the line' };
}
