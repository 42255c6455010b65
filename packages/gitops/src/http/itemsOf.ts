import { z } from 'zod';

/** The items of a list that can be read, and how many cannot: one odd item hides no other. */
export function readItems<T>(item: z.ZodType<T>): z.ZodType<{ items: T[]; unreadable: number }> {
  return z.array(z.unknown()).transform(found => {
    const items = found.flatMap(each => {
      const parsed = item.safeParse(each);
      return parsed.success ? [parsed.data] : [];
    });
    return { items, unreadable: found.length - items.length };
  });
}

/** The items of a list that can be read, where it does not matter that others are there. */
export function itemsOf<T>(item: z.ZodType<T>): z.ZodType<T[]> {
  return readItems(item).transform(({ items }) => items);
}
