import { plainText } from './plainText';

/* eslint-disable no-control-regex -- control characters are what is looked for */
/** What a line must hold to be worth a closer look; nearly none does. */
const inLine = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;
/** The same of several lines. */
const inBlock = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;

const cut = (text: string, maxLength: number) =>
  text.length > maxLength ? `${text.slice(0, maxLength - 1).trimEnd()}…` : text;

/**
 * A text that somebody else wrote, as one line that can be shown: without control characters, at most so many characters
 * long. Markup stays as it is: it is drawn as text.
 */
export function readableLine(text: string, maxLength: number): string {
  if (text.length <= maxLength && !inLine.test(text)) return text;
  // A megabyte is cut before it is searched.
  return cut(
    plainText(text.slice(0, maxLength * 8))
      .replace(/\s+/g, ' ')
      .trim(),
    maxLength,
  );
}

/** Like {@link readableLine}, of several lines: line breaks and tabs stay. */
export function readableBlock(text: string, maxLength: number): string {
  if (text.length <= maxLength && !inBlock.test(text)) return text;
  return cut(plainText(text.slice(0, maxLength * 2)), maxLength);
}
