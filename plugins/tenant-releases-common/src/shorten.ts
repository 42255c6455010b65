// ECMA-48 control sequences, as terminals take them: ESC [ parameters, intermediates, one final character.
const controlSequences = new RegExp(`${String.fromCharCode(27)}\\[[0-?]*[ -/]*[@-~]`, 'g');
const controlCharacters = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const addresses = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)\]]+/gi;

/**
 * One line of text from an upstream (a commit message, an error), fit for people: without terminal colours, control
 * and text-direction characters, at most `maxLength` characters long.
 */
export function shorten(text: string, maxLength = 200): string {
  // A megabyte is cut before it is searched.
  const line = text
    .slice(0, maxLength * 8)
    .replace(controlSequences, '')
    .replace(controlCharacters, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return line.length > maxLength ? `${line.slice(0, maxLength - 1).trimEnd()}…` : line;
}

/** What comes before a tool's own words when Argo CD could not run it: the chain of calls and the whole command. */
const failedCommand = /^[\s\S]*? failed exit status \d+: (?:Error: )?/;

/**
 * Like {@link shorten}, for error texts: they may name servers that a reader of the portal has no business with, and what
 * the reader needs stands behind the command that failed.
 */
export function shortenError(text: string, maxLength = 200): string {
  const words = text.slice(0, maxLength * 16).replace(failedCommand, '');
  return shorten(words.replace(addresses, '[address]'), maxLength);
}
