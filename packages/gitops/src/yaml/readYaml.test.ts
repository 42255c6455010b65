import fc from 'fast-check';
import { readYaml } from './readYaml';

const read = (text: string) => readYaml(text, { single: true });

it.each([
  ['? a\n: 1\n', 1],
  ['x:\n  - ? a\n    : 1\n', 2],
  ['x: { ? a : 1 }\n', 1],
  ['x: [ ? a : 1 ]\n', 1],
  ['? # why\n  a\n: 1\n', 2],
  [`?${' '.repeat(200)}a\n: 1\n`, 1],
])('refuses a key behind "?": %j', (text, line) => {
  expect(read(text).problems).toMatchObject([
    { line, problem: expect.stringContaining('is a key behind "?"') },
  ]);
});

it('takes any comment for a comment', () => {
  const comment = fc.stringMatching(/^[ -~äß]{0,20}$/).map(text => `# ${text}`);
  const file = (one: string) =>
    `${one}\ntenant: ${one}\n  name: a ${one}\n${one}\n  list: [1, ${one}\n    2] ${one}\n  map: { a: 1, ${one}\n    b: 2 }\n${one}\n  tier: free ${one}\nimage:\n  - tag: x ${one}\n${one}`;
  const { value } = read(file('#')).documents[0];
  expect(value).toEqual({
    tenant: { name: 'a', list: [1, 2], map: { a: 1, b: 2 }, tier: 'free' },
    image: [{ tag: 'x' }],
  });
  fc.assert(
    fc.property(comment, one => {
      const { documents, problems } = read(file(one));
      expect({ value: documents[0]?.value, problems }).toEqual({ value, problems: [] });
    }),
    { numRuns: 500, examples: [['# see [1], ?'], ['# ---'], ['# %']] },
  );
});
