import { jsonPatch } from './jsonPatch';

const document = { labels: { 'a/b': 'x', 'c~d': 'y' }, list: [1, 2, 3] };

it.each([
  [[{ op: 'add', path: '/labels/e', value: 'z' }], { labels: { ...document.labels, e: 'z' } }],
  [[{ op: 'add', path: '/list/1', value: 9 }], { list: [1, 9, 2, 3] }],
  [[{ op: 'add', path: '/list/-', value: 9 }], { list: [1, 2, 3, 9] }],
  [[{ op: 'replace', path: '/list/0', value: 9 }], { list: [9, 2, 3] }],
  [[{ op: 'remove', path: '/list/2' }], { list: [1, 2] }],
  [[{ op: 'remove', path: '/labels/a~1b' }], { labels: { 'c~d': 'y' } }],
  [[{ op: 'remove', path: '/labels/c~0d' }], { labels: { 'a/b': 'x' } }],
  [[{ op: 'move', from: '/list/0', path: '/list/2' }], { list: [2, 3, 1] }],
  [[{ op: 'copy', from: '/list', path: '/other' }], { other: [1, 2, 3] }],
  [
    [
      { op: 'test', path: '/list/0', value: 1 },
      { op: 'replace', path: '/list', value: [] },
    ],
    { list: [] },
  ],
])('%j', (patch, expected) => {
  expect(jsonPatch(document, patch)).toEqual({ ...document, ...expected });
  expect(document.list).toEqual([1, 2, 3]);
});

it.each([
  ['a test that fails', [{ op: 'test', path: '/list/0', value: 2 }]],
  ['a path that is not there', [{ op: 'remove', path: '/labels/none' }]],
  ['replacing what is not there', [{ op: 'replace', path: '/labels/none', value: 1 }]],
  ['an index past the end', [{ op: 'add', path: '/list/4', value: 1 }]],
  ['an index that is no number', [{ op: 'add', path: '/list/one', value: 1 }]],
  ['a pointer without a slash', [{ op: 'add', path: 'list', value: 1 }]],
])('refuses %s with 422', (_, patch) => {
  expect(() => jsonPatch(document, patch)).toThrow(expect.objectContaining({ code: 422 }));
});

it.each([[{}], [[{ op: 'jump', path: '/' }]], [[{ op: 'move', path: '/a' }]], ['text']])(
  'refuses %j, which is no patch, with 400',
  patch => {
    expect(() => jsonPatch(document, patch)).toThrow(expect.objectContaining({ code: 400 }));
  },
);
