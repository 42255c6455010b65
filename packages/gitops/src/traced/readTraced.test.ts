import { plain } from './traced';
import { readTraced } from './readTraced';

it.each([
  ['itself', 'a: &p\n  <<: *p\n  b: 1\n', { a: { b: 1 } }],
  ['itself, many times', 'a: &p\n  <<: [*p, *p, *p]\n  b: 1\n', { a: { b: 1 } }],
  [
    'what merges it',
    'a: &p\n  b: &q\n    <<: *p\n    c: 1\nd: { <<: *q }\n',
    expect.objectContaining({ d: expect.objectContaining({ c: 1 }) }),
  ],
])('reads a block that merges %s', (_, text, wanted) => {
  const [document] = readTraced('a.yaml', text);
  expect(plain(document.value)).toEqual(wanted);
});
