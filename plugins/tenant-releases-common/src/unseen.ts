/**
 * Classes of a regular expression with `u`, to stand in brackets: characters of no width, those that turn the direction of
 * the text, line separators that are no line breaks, and halves of a character.
 */
export const unseenClasses = String.raw`\p{Cf}\p{Zl}\p{Zp}\p{Cs}`;

/**
 * Cuts a text to so many characters (Unicode code points), and never through the middle of one.
 *
 * @param isCut - the text is the beginning of a longer one, which is to be seen
 */
export function cutText(text: string, maxLength: number, isCut = false): string {
  const characters = Array.from(text.slice(0, 2 * maxLength + 2));
  if (characters.length <= maxLength && !isCut) return text;
  return `${characters
    .slice(0, maxLength - 1)
    .join('')
    .trimEnd()}…`;
}
