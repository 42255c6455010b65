import { plainText } from './plainText';
import { cutText, unseenClasses } from './unseen';

/** What a line must hold to be worth a closer look; nearly none does. */
const inLine = new RegExp(`[\\p{Cc}${unseenClasses}]`, 'u');
/** The same of several lines. */
const inBlock = new RegExp(`[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f${unseenClasses}]`, 'u');

/**
 * A text that somebody else wrote, as one line that can be shown: without control characters, at most so many characters
 * long. Markup stays as it is: it is drawn as text.
 */
export function readableLine(text: string, maxLength: number): string {
  if (text.length <= maxLength && !inLine.test(text)) return text;
  // A megabyte is cut before it is searched.
  return cutText(
    plainText(text.slice(0, maxLength * 8))
      .replace(/\s+/g, ' ')
      .trim(),
    maxLength,
  );
}

/** Like {@link readableLine}, of several lines: line breaks and tabs stay. */
export function readableBlock(text: string, maxLength: number): string {
  if (text.length <= maxLength && !inBlock.test(text)) return text;
  return cutText(plainText(text.slice(0, maxLength * 2)), maxLength);
}
