/** Longest display name, in characters (Unicode code points). */
export const maxDisplayNameLength = 80;

/**
 * Control characters, line and paragraph separators, lone surrogates, code points that are no characters, and marks that
 * turn the direction of what follows: none of them can be seen, all of them make a name something else than it looks.
 */
const unseen =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** Whether a name holds characters that cannot be seen, and make it something else than it looks. */
export function hasUnseenCharacters(name: string): boolean {
  return unseen.test(name);
}

/**
 * Says what is wrong with a display name that someone types, as a sentence that names the rule; `undefined` when it can
 * be used. What is accepted arrives in Git as exactly that text.
 */
export function displayNameProblem(text: unknown): string | undefined {
  if (typeof text !== 'string' || text === '') {
    return 'displayName: is required';
  }
  const length = [...text].length;
  if (length > maxDisplayNameLength) {
    return `displayName: must be at most ${maxDisplayNameLength} characters, this one has ${length}`;
  }
  if (hasUnseenCharacters(text)) {
    return 'displayName: must be one line, without control characters or marks that cannot be seen';
  }
  if (text.trim() !== text) {
    return 'displayName: must not begin or end with a blank';
  }
  return undefined;
}
