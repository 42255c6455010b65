import fc from 'fast-check';
import { nameOfPart } from '../traced/traced';
import { formatKeyPath, parseKeyPath } from './keyPath';

it.each([
  ['image.tag', ['image', 'tag']],
  ['[worker.v2].image.tag', [{ name: 'worker.v2' }, 'image', 'tag']],
  ['images[ghcr.io/x/y].newTag', ['images', { name: 'ghcr.io/x/y' }, 'newTag']],
  ['images[api].newTag', ['images', { name: 'api' }, 'newTag']],
  ['containers[0].image', ['containers', 0, 'image']],
  ['a["0"]', ['a', { name: '0' }]],
])('reads and writes %s', (text, path) => {
  expect(parseKeyPath(text)).toEqual(path);
  expect(formatKeyPath(path)).toBe(text);
});

it.each(['', '.a', 'a..b', 'a[', 'a[]', 'a]b'])('refuses %j', text => {
  expect(parseKeyPath(text)).toBeUndefined();
});

it('reads every path that it writes', () => {
  const part = fc.oneof(fc.nat(20), fc.string({ maxLength: 8 }));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), path => {
      const text = formatKeyPath(path);
      const read = parseKeyPath(text);
      expect(read?.map(nameOfPart)).toEqual(path);
      expect(read && formatKeyPath(read)).toBe(text);
    }),
  );
});
