/**
 * A glob as Argo CD's matcher (gobwas/glob) reads it: `*` stays within a path segment when `separators` says so, `**` does
 * not, `?` is one character, `{a,b}` are alternatives, `[abc]` is a class, `\` quotes.
 * @returns undefined when the pattern is malformed; the real one then matches nothing.
 */
export function globExpression(pattern: string, separators = ''): RegExp | undefined {
  const inside = separators ? `[^${separators.replace(/[\\\]^-]/g, '\\$&')}]` : '[^]';
  let source = '';
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\' && at + 1 < pattern.length) source += quote(pattern[++at]);
    else if (character === '*' && pattern[at + 1] === '*') {
      source += '[^]*';
      at++;
    } else if (character === '*') source += `${inside}*`;
    else if (character === '?') source += inside;
    else if (character === '{') {
      source += '(?:';
      depth++;
    } else if (character === '}' && depth > 0) {
      source += ')';
      depth--;
    } else if (character === ',' && depth > 0) source += '|';
    else if (character === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) return undefined;
      const body = pattern
        .slice(at + 1, end)
        .replace(/^!/, '^')
        .replace(/[\\[]/g, '\\$&');
      source += `[${body}]`;
      at = end;
    } else source += quote(character);
  }
  if (depth > 0) return undefined;
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}

/** Whether a text matches a glob; see {@link globExpression}. */
export function globMatches(pattern: string, text: string, separators = ''): boolean {
  return globExpression(pattern, separators)?.test(text) ?? false;
}

function quote(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
