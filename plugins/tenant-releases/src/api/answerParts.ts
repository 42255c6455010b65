import { z } from 'zod';
import { readableBlock, readableLine } from '../domain/readableText';

/** A number of things. */
export const count = z.int().min(0);

/** RFC 3339; what cannot be read is shown as not known. */
export const time = z.string();

/** One line of text that somebody wrote who is not to be trusted, fit to be shown. */
export const line = (maxLength: number) =>
  z.string().transform(text => readableLine(text, maxLength));

/** The same, of several lines. */
export const block = (maxLength: number) =>
  z.string().transform(text => readableBlock(text, maxLength));

/** A version: an image tag has at most 128 characters (OCI distribution specification). */
export const version = line(300);

/** The items of a list that can be read, and how many cannot: one odd item hides no other. */
export function readableItems<T>(item: z.ZodType<T>) {
  return z.array(z.unknown()).transform(found => {
    const parsed = found.map(each => item.safeParse(each));
    const items = parsed.flatMap(({ success, data }) => (success ? [data] : []));
    const issue = parsed.flatMap(({ error }, index) =>
      (error?.issues ?? []).map(({ path, message }) => ({ path: [index, ...path], message })),
    )[0];
    return { items, unreadable: found.length - items.length, issue };
  });
}
