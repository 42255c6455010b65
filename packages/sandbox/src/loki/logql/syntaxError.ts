import type { SyntaxNode, Tree } from '@lezer/common';
import { LogqlError } from './logqlError';

/** What Loki's grammar calls the tokens; others are named by their text. */
function tokenName(text: string): string {
  if (/^["`]/.test(text)) return 'STRING';
  if (/^[a-zA-Z_]/.test(text)) return 'IDENTIFIER';
  if (/^\d+(\.\d+)?[a-zµ]/.test(text)) return 'DURATION';
  return /^\d/.test(text) ? 'NUMBER' : text;
}

const token = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|[a-zA-Z_]\w*|\d[\w.]*|\|=|\|~|!=|!~|=~|==|>=|<=|[^\s]/y;

/** The start of the first token at or after a position, and its text; '' at the end. */
function tokenAt(text: string, from: number): { at: number; text: string } {
  const at = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
  token.lastIndex = at;
  return { at, text: token.exec(text)?.[0] ?? '' };
}

function firstError(tree: Tree): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  tree.iterate({
    enter: node => {
      if (node.type.isError) found ??= node.node;
      return found === undefined;
    },
  });
  return found;
}

/** The tokens of a text up to a position. */
function tokensBefore(text: string, end: number): string[] {
  const tokens: string[] = [];
  for (let next = tokenAt(text, 0); next.text !== '' && next.at < end; ) {
    tokens.push(next.text);
    next = tokenAt(text, next.at + next.text.length);
  }
  return tokens;
}

/** What follows each token within the braces of a selector, in Loki's words. */
function expectedInSelector(last: string): string {
  if (last === '{') return 'IDENTIFIER or }';
  if (last === ',') return 'IDENTIFIER';
  if (/^(=|!=|=~|!~)$/.test(last)) return 'STRING';
  return tokenName(last) === 'STRING' ? '} or ,' : '= or =~ or !~ or !=';
}

/** What could have followed, in the places where Loki says so. */
function expected(error: SyntaxNode, before: string[]): string {
  if (before.lastIndexOf('{') > before.lastIndexOf('}')) {
    return `, expecting ${expectedInSelector(before[before.length - 1])}`;
  }
  return error.parent?.name === 'LineFilter' ? ', expecting STRING or ip' : '';
}

/**
 * The error of a query that does not parse, worded and placed as Loki does.
 *
 * @returns undefined when the tree has no error
 */
export function findSyntaxError(text: string, tree: Tree): LogqlError | undefined {
  const error = firstError(tree);
  if (!error) return undefined;
  const unexpected = tokenAt(text, error.from);
  const before = text.slice(0, unexpected.at);
  const line = before.split('\n').length;
  const column = unexpected.at - (before.lastIndexOf('\n') + 1) + 1;
  const place = `parse error at line ${line}, col ${column}`;
  if (/^["`]$/.test(unexpected.text)) return new LogqlError(`${place}: literal not terminated`);
  const tokens = tokensBefore(text, unexpected.at);
  const name = unexpected.text === '' ? '$end' : tokenName(unexpected.text);
  return new LogqlError(`${place}: syntax error: unexpected ${name}${expected(error, tokens)}`);
}
