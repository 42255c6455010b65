import { z } from 'zod';
import { readableBlock, readableLine } from '../readableText';

/** Text that a program made: a name, an id, an address. */
export const text = z.string();

/** RFC 3339; what cannot be read is shown as not known. */
export const time = z.string().meta({ format: 'date-time' });

/** A number of things. */
export const count = z.int().min(0);

/** A whole number; another one is read all the same. */
export const whole = z.number().meta({ type: 'integer' });

/** Something that is said only when it is so. */
export const yes = z.literal(true).optional();

/** One line of text that somebody wrote who is not to be trusted; it is read as one that is fit to be shown. */
export const line = (maxLength: number) =>
  z.string().transform(found => readableLine(found, maxLength));

/** The same, of several lines. */
export const block = (maxLength: number) =>
  z.string().transform(found => readableBlock(found, maxLength));

/** A version: an image tag has at most 128 characters (OCI distribution specification). */
export const version = line(300);

/** Names and values, of which values may be what somebody wrote. */
export const labels = z.record(z.string(), line(300));

/** One of these words, or one that a newer server knows, which is read as it is. */
export const knownOr = <const T extends readonly string[]>(words: T, maxLength = 60) =>
  z.enum(words).or(line(maxLength).transform(word => word as T[number]));

/** What every server sends by now; the rest of an answer without it, of an older one, can be read all the same. */
export const sentByNow = <T extends z.ZodType>(schema: T) =>
  schema.catch(undefined as never) as z.ZodType as z.ZodOptional<T>;

class Unreadable {
  constructor(readonly issue: z.core.$ZodIssue) {}
}

/** The items of a list that can be read, how many cannot, and what is wrong with the first of these: one odd item hides no other. */
export function readableItems<T extends z.ZodType>(item: T) {
  const orOdd = item.catch(({ error }) => new Unreadable(error.issues[0]) as never);
  return z.array(orOdd).transform(found => {
    const items = found.filter(each => !(each instanceof Unreadable));
    const index = found.findIndex(each => each instanceof Unreadable);
    const odd: unknown = found[index];
    const issue =
      odd instanceof Unreadable ? { ...odd.issue, path: [index, ...odd.issue.path] } : undefined;
    return { items, unreadable: found.length - items.length, issue };
  });
}

/** The items of a list that can be read. */
export const itemsOf = <T extends z.ZodType>(item: T) =>
  readableItems(item).transform(({ items }) => items);
