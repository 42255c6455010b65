import { z } from 'zod';
import { itemsOf, knownOr, line, readableItems, sentByNow } from './parts';

describe('readableItems', () => {
  const items = readableItems(z.object({ name: line(5) }));

  it('leaves out what cannot be read, and says how much and why', () => {
    const [first, last] = [{ name: 'a' }, { name: 'b', more: 1 }];
    expect(items.parse([first, { name: 7 }, null, last])).toEqual({
      items: [{ name: 'a' }, { name: 'b' }],
      unreadable: 2,
      issue: expect.objectContaining({ path: [1, 'name'] }),
    });
    expect(itemsOf(z.string()).parse(['a', 1, 'b'])).toEqual(['a', 'b']);
  });

  it('says nothing of a list without odd items', () => {
    expect(items.parse([])).toEqual({ items: [], unreadable: 0, issue: undefined });
  });

  it.each([undefined, null, {}, 'text'])('is no list: %j', value => {
    expect(items.safeParse(value).success).toBe(false);
  });
});

it.each([
  ['open', 'open'],
  ['ajar', 'ajar'],
  ['a\u202e\njar', 'a jar'],
])('reads the word %j as %j', (word, read) => {
  expect(knownOr(['open', 'shut']).parse(word)).toBe(read);
});

it('reads what older servers do not send as absent', () => {
  const answer = z.object({ count: sentByNow(z.int()) });
  expect(answer.parse({}).count).toBeUndefined();
  expect(answer.parse({ count: 2 })).toEqual({ count: 2 });
});
