import fc from 'fast-check';

/** Scalars that YAML readers are known to disagree on, and some that they should not. */
export const oddScalars = [
  ...['1.10', '0362525', '123456e7', '20260626214519', '2026-01-02', '2026-01-02T00:00:00Z'],
  ...['null', 'Null', '~', 'yes', 'y', 'N', 'off', 'On', 'true', 'False', 'TRUE', '<<', '='],
  ...[
    '0x1F',
    '0X1f',
    '0o17',
    '0O17',
    '0b11',
    '-0b1',
    '1_000',
    '1e3',
    '1E5',
    '1e400',
    '.inf',
    '.NaN',
  ],
  ...['-.INF', '+1', '-0', '-0.0', '089', '08.5', '1:30', '190:20:30', '1.', '.5', '-.5e3', '0x_1'],
  ...['0o8', '_1', '1__0', '1e1_0', '-.5_0', '+0x1', '1,000', '0b2', '00', '9007199254740993'],
  ...['18446744073709551616', '-9223372036854775809', '1.2.3', 'v1.10', 'sha-1a2b3c4', '1e', 'e1'],
  ...[
    'a b',
    'a#b',
    'http://x/y?z=1',
    'a:b',
    'x-',
    '-x',
    '?x',
    ':x',
    'é',
    '株式会社',
    '%x',
    'a%',
    '!',
  ],
  ...[
    '""',
    "''",
    '"1.10"',
    "'yes'",
    '"a\\tb"',
    '"\\u00e9"',
    '"\\x41"',
    '"\\/"',
    "'it''s'",
    '"a # b"',
  ],
  ...[
    '!!str 1.10',
    '!!str yes',
    '!!int "5"',
    '!!float 5',
    '!!bool yes',
    '!!null ""',
    '!foo 5',
    '! 5',
  ],
  ...['!!timestamp 2026-01-02T00:00:00Z', '!!timestamp 2026-01-02', '!!binary aGk=', '!!int 0o7'],
  ...['!!merge <<', '@x', '`x`', '- 1', 'a: b', '[a', '{b', '*nobody', 'x\\', '"\\ud83d\\ude00"'],
  ...[
    '+12e03',
    '12e+3',
    '0.1e-2',
    '1e-7',
    '123456789012345678901234567890',
    '0x',
    '0b',
    '0o',
    '+',
    '.',
  ],
  ...[
    '...',
    '--',
    '---x',
    '.e1',
    'nUll',
    'nan',
    '.nan',
    '.Inf',
    '+.inf',
    'infinity',
    '1d',
    '0x1p3',
  ],
];

const scalar = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddScalars) },
  { weight: 2, arbitrary: fc.stringMatching(/^[-+.0-9_eExXoObB:a-f]{1,8}$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[ -~]{0,12}$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[ -~]{0,12}$/).map(text => JSON.stringify(text)) },
);

const key = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('a', 'b', 'c', 'tag', 'image', 'x-1', 'k.d', '"q"', "'r'"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('y', 'no', '1', '0x10', '1.0', '01', '2026-01-02', '~', '<<'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('"<<"', '!!merge <<', '? a', '"a b"', 'a b', '__proto__', '='),
  },
);

const comment = fc.constantFrom('', '', '', ' # x', '   # "y: 1', '\t# z', '#w', ' ');
const anchor = fc.constantFrom('', '', '', '&p ', '&q ');
const alias = fc.constantFrom('*p', '*q');

/** Lines of a block, without indentation. */
type Lines = string[];

const indent = (lines: Lines, by: string) => lines.map(line => (line === '' ? '' : `${by}${line}`));

const flow = fc.letrec<{ node: string }>(tie => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: alias },
    {
      weight: 1,
      arbitrary: fc.array(tie('node'), { maxLength: 3 }).map(items => `[${items.join(', ')}]`),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.tuple(key, tie('node')), { maxLength: 3 })
        .map(pairs => `{${pairs.map(([name, value]) => `${name}: ${value}`).join(', ')}}`),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(
          fc.tuple(
            fc.constantFrom('"j"', '"k"', 'l'),
            fc.constantFrom(':', ': ', ' : '),
            tie('node'),
          ),
          {
            maxLength: 3,
          },
        )
        .map(pairs => `{${pairs.map(parts => parts.join('')).join(',')}}`),
    },
  ),
})).node;

const text = fc
  .tuple(
    fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '|2', '>1'),
    fc.array(fc.constantFrom('x', '  y', '', 'a: 1', '# z', 'l o n g', '\tt'), { maxLength: 4 }),
  )
  .map(([style, lines]) => [style, ...indent(lines, '  ')]);

const block = fc.letrec<{ map: Lines; value: Lines }>(tie => ({
  map: fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.tuple(key, tie('value'), comment) },
        {
          weight: 2,
          arbitrary: merge().map(value => ['<<', [value], ''] as [string, Lines, string]),
        },
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map(pairs =>
      pairs.flatMap(([name, [first = '', ...rest], note], index) => {
        const gap = index % 5 === 4 ? ['# between'] : [];
        return [...gap, `${name}:${first === '' ? '' : ' '}${first}${note}`, ...rest];
      }),
    ),
  value: fc.oneof(
    { depthSize: 'small' },
    { weight: 4, arbitrary: fc.tuple(anchor, scalar).map(([mark, one]) => [`${mark}${one}`]) },
    { weight: 2, arbitrary: alias.map(one => [one]) },
    { weight: 2, arbitrary: flow.map(one => [one]) },
    { weight: 1, arbitrary: text },
    {
      weight: 3,
      arbitrary: fc
        .tuple(anchor, tie('map'), fc.constantFrom('  ', '    ', ' '))
        .map(([mark, lines, by]) => [mark.trim(), ...indent(lines, by)]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.array(tie('value'), { minLength: 1, maxLength: 3 }), fc.constantFrom('', '  '))
        .map(([items, by]) => [
          '',
          ...items.flatMap(([first = '', ...rest]) => [
            `${by}- ${first}`,
            ...indent(rest, `${by}  `),
          ]),
        ]),
    },
  ),
}));

/** What a merge key is given; mostly a block. */
function merge(): fc.Arbitrary<string> {
  return fc.oneof(
    alias,
    fc.constantFrom(
      '[*p, *q]',
      '[*q, *p]',
      '{a: 1, tag: m}',
      '[{a: 1}, *p]',
      '{<<: *p, b: 2}',
      '5',
    ),
  );
}

/** Files that somebody might have in a repository, and some that nobody should: YAML as people and tools write it. */
export const oddFile: fc.Arbitrary<string> = fc
  .record({
    mark: fc.constantFrom('', '', '', '', '\ufeff'),
    head: fc.constantFrom('', '', '', '---\n', '# c\n---\n', '--- # c\n', '---\n---\n', '\n'),
    anchors: fc.constantFrom('', 'p1: &p {a: 1, tag: t1, c: {d: 1}}\nq1: &q {b: 2, tag: t2}\n'),
    lines: block.map as fc.Arbitrary<Lines>,
    foot: fc.constantFrom('', '', '', '...\n', '---\n', '\n\n', '---\nz: 1\n', '...\n# end\n'),
    end: fc.constantFrom('\n', '\n', '\r\n'),
  })
  .map(({ mark, head, anchors, lines, foot, end }) =>
    `${mark}${head}${anchors}${lines.join('\n')}\n${foot}`.replaceAll('\n', end),
  );
