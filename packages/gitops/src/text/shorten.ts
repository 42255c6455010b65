import { cutText, unseenClasses } from '@internal/plugin-tenant-releases-common';

// ECMA-48 control sequences, as terminals take them: ESC [ parameters, intermediates, one final character.
const controlSequences = new RegExp(`${String.fromCharCode(27)}\\[[0-?]*[ -/]*[@-~]`, 'g');
const controlCharacters = new RegExp(`[\\p{Cc}${unseenClasses}]+`, 'gu');
// Bounded, so that no text takes long to search: schemes are short.
const addresses = /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s"'<>)\]]+/gi;
/** IPv4, or IPv6 in brackets, with or without port: how Go names the other side of a connection. */
const endpoints =
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b|\[(?=[0-9a-f.]{0,4}:)[0-9a-f:.]{2,45}\](?::\d{1,5})?/gi;

/**
 * One line of text from an upstream (a commit message, an error), fit for people: without terminal colours, control
 * and text-direction characters, at most `maxLength` characters long.
 */
export function shorten(text: string, maxLength = 200): string {
  // A megabyte is cut before it is searched.
  const start = text.slice(0, maxLength * 8);
  return cutText(oneLine(start), maxLength, start !== text);
}

/** What comes before a tool's own words when Argo CD could not run it: the chain of calls and the whole command. */
const failedCommand = /^.*? failed exit status \d+: (?:Error: )?/;

/**
 * Like {@link shorten}, for error texts: they may name servers that a reader of the portal has no business with, and what
 * the reader needs stands behind the command that failed.
 */
export function shortenError(text: string, maxLength = 200): string {
  const start = text.slice(0, maxLength * 16);
  // An address is looked for when nothing that cannot be seen is left in it.
  const words = oneLine(start)
    .replace(failedCommand, '')
    .replace(addresses, '[address]')
    .replace(endpoints, '[address]');
  return cutText(words, maxLength, start !== text);
}

function oneLine(text: string): string {
  return text
    .replace(controlSequences, '')
    .replace(controlCharacters, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
