import fc from 'fast-check';
import { LogqlError } from './logqlError';
import { parseQuery } from './parseQuery';

const selector = [{ name: 'app', operator: '=', value: 'web' }];

describe('parseQuery', () => {
  it.each<[string, unknown]>([
    ['{app="web"}', { kind: 'log', selector, stages: [] }],
    [
      '{app!="a",b=~"c.*", d!~`e\\d`}',
      {
        kind: 'log',
        selector: [
          { name: 'app', operator: '!=', value: 'a' },
          { name: 'b', operator: '=~', value: 'c.*' },
          { name: 'd', operator: '!~', value: 'e\\d' },
        ],
        stages: [],
      },
    ],
    [
      '{app="web"} | regexp "(?P<x>a+)"',
      { kind: 'log', selector, stages: [{ kind: 'regexp', pattern: '(?P<x>a+)' }] },
    ],
    [
      '{app="web"} |= "a" or "b" != "c" |~ "d" !~ `e` # a comment',
      {
        kind: 'log',
        selector,
        stages: [
          { kind: 'line', operator: '|=', alternatives: ['a', 'b'] },
          { kind: 'line', operator: '!=', alternatives: ['c'] },
          { kind: 'line', operator: '|~', alternatives: ['d'] },
          { kind: 'line', operator: '!~', alternatives: ['e'] },
        ],
      },
    ],
    [
      '{app="web"} | json | a="1" or b=2 and c>1.5s | d<=4KiB, e!=-1 | logfmt',
      {
        kind: 'log',
        selector,
        stages: [
          { kind: 'json' },
          {
            kind: 'labels',
            filter: {
              kind: 'join',
              join: 'or',
              left: { kind: 'text', matcher: { name: 'a', operator: '=', value: '1' } },
              right: {
                kind: 'join',
                join: 'and',
                left: { kind: 'number', name: 'b', operator: '==', value: 2 },
                right: { kind: 'duration', name: 'c', operator: '>', value: 1.5 },
              },
            },
          },
          {
            kind: 'labels',
            filter: {
              kind: 'join',
              join: 'and',
              left: { kind: 'bytes', name: 'd', operator: '<=', value: 4096 },
              right: { kind: 'number', name: 'e', operator: '!=', value: -1 },
            },
          },
          { kind: 'logfmt' },
        ],
      },
    ],
    [
      'sum by (level, a) (rate({app="web"} | json [1h30m] offset 5m)) > bool 2',
      {
        kind: 'comparison',
        operator: '>',
        bool: true,
        scalar: 2,
        scalarFirst: false,
        inner: {
          kind: 'aggregation',
          operation: 'sum',
          grouping: { mode: 'by', labels: ['level', 'a'] },
          inner: {
            kind: 'range',
            operation: 'rate',
            logs: { kind: 'log', selector, stages: [{ kind: 'json' }] },
            range: 5400,
            offset: 300,
          },
        },
      },
    ],
    [
      '(avg(bytes_rate({app="web"}[1m] |= "x")) without (a))',
      {
        kind: 'aggregation',
        operation: 'avg',
        grouping: { mode: 'without', labels: ['a'] },
        inner: {
          kind: 'range',
          operation: 'bytes_rate',
          logs: {
            kind: 'log',
            selector,
            stages: [{ kind: 'line', operator: '|=', alternatives: ['x'] }],
          },
          range: 60,
          offset: 0,
        },
      },
    ],
    [
      '-1 < count_over_time(({app="web"})[1d])',
      {
        kind: 'comparison',
        operator: '<',
        bool: false,
        scalar: -1,
        scalarFirst: true,
        inner: {
          kind: 'range',
          operation: 'count_over_time',
          logs: { kind: 'log', selector, stages: [] },
          range: 86_400,
          offset: 0,
        },
      },
    ],
  ])('reads %s', (text, expected) => {
    expect(parseQuery(text)).toEqual(expected);
  });

  it.each([
    [
      '{app="web"',
      'parse error at line 1, col 11: syntax error: unexpected $end, expecting } or ,',
    ],
    ['{app="web}', 'parse error at line 1, col 6: literal not terminated'],
    ['{app="web"} "x"', 'parse error at line 1, col 13: syntax error: unexpected STRING'],
    ['{app="web"} x', 'parse error at line 1, col 13: syntax error: unexpected IDENTIFIER'],
    [
      '{app="web"} |~',
      'parse error at line 1, col 15: syntax error: unexpected $end, expecting STRING or ip',
    ],
    ['{app="web"}\n  | json\n  | }', 'parse error at line 3, col 5: syntax error: unexpected }'],
    ['', 'parse error : syntax error: unexpected $end'],
    [' ', 'parse error at line 1, col 2: syntax error: unexpected $end'],
    ['{a', 'col 3: syntax error: unexpected $end, expecting = or =~ or !~ or !='],
    ['{a=', 'col 4: syntax error: unexpected $end, expecting STRING'],
    ['{a=b}', 'col 4: syntax error: unexpected IDENTIFIER, expecting STRING'],
    ['{a="}",', 'col 8: syntax error: unexpected $end, expecting IDENTIFIER'],
    ['{="b"}', 'col 2: syntax error: unexpected =, expecting IDENTIFIER or }'],
    ['{a="b"} | json | x=', 'col 20: syntax error: unexpected $end'],
    ['{}', /^parse error : queries require at least one regexp or equality matcher/],
    ['{a="\\q"}', /^parse error : invalid escape sequence/],
    [
      '{a="b"} | regexp "x"',
      'parse error : invalid regexp parser: at least one named capture must be supplied',
    ],
  ])('words the error of %j as Loki does', (text, message) => {
    expect(() => parseQuery(text)).toThrow(LogqlError);
    expect(() => parseQuery(text)).toThrow(message);
  });

  it.each([
    '{a="b"} | line_format "{{.x}}"',
    '{a="b"} | label_format x=y',
    '{a="b"} | pattern "<x>"',
    '{a="b"} | unpack',
    '{a="b"} | json x="y"',
    '{a="b"} | logfmt --strict',
    '{a="b"} | logfmt x="y"',
    '{a="b"} | decolorize',
    '{a="b"} | drop x',
    '{a="b"} | x = ip("10.0.0.0/8")',
    '{a="b"} |= ip("10.0.0.0/8")',
    '{a="b"} |> "<_>x"',
    'sum_over_time({a="b"} | unwrap x [1m])',
    'count_over_time({a="b"} | unwrap x [1m])',
    'absent_over_time({a="b"}[1m])',
    'quantile_over_time(0.9, {a="b"} | unwrap x [1m])',
    'topk(2, rate({a="b"}[1m]))',
    'stddev(rate({a="b"}[1m]))',
    'rate({a="b"}[1m]) * 2',
    'rate({a="b"}[1m]) / rate({a="b"}[1m])',
    'rate({a="b"}[1m]) > rate({a="b"}[1m])',
    'rate({a="b"}[1m]) and rate({a="b"}[1m])',
    '1 > 2',
    '1',
    'vector(1)',
    'sum(1)',
    'label_replace(rate({a="b"}[1m]), "a", "$1", "b", "(.*)")',
  ])('refuses %s rather than answer something else', text => {
    expect(() => parseQuery(text)).toThrow(/^parse error : .* is not supported by the sandbox/);
  });

  it.each([
    ['{app="x"} > -1', 'left'],
    ['1 < {app="x"}', 'right'],
  ])('refuses lines where a comparison wants numbers: %s', (text, side) => {
    expect(() => parseQuery(text)).toThrow(`unexpected type for ${side} leg`);
  });

  it('refuses a query that is too long', () => {
    expect(() => parseQuery(`{a="${'x'.repeat(5200)}"}`)).toThrow(/input size too long/);
  });

  it('either reads a text or says what is wrong with it', () => {
    const words = [
      ...[
        '{',
        '}',
        '(',
        ')',
        '[',
        ']',
        '|',
        ',',
        '=',
        '!=',
        '=~',
        '!~',
        '|=',
        '|~',
        '>',
        '==',
        '+',
      ],
      ...[
        'app',
        '"x"',
        '`y`',
        '5',
        '-1',
        '5m',
        '2KB',
        'sum',
        'by',
        'without',
        'rate',
        'json',
        'or',
      ],
      ...[
        'and',
        'unless',
        'offset',
        'bool',
        'logfmt',
        'count_over_time',
        '{app="x"}',
        '#',
        '\n',
        '"',
      ],
      ...['[5m]', 'rate({app="x"}[5m])', '| json', 'ip("1.1.1.1")', 'unwrap', 'topk', 'vector(1)'],
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 14 }), parts => {
        const outcome = () => {
          try {
            return parseQuery(parts.join(' ')).kind;
          } catch (error) {
            return error instanceof LogqlError ? 'refused' : error;
          }
        };
        expect(['log', 'range', 'aggregation', 'comparison', 'refused']).toContain(outcome());
      }),
      { numRuns: 2000 },
    );
  });

  it('gets back every text that is quoted as in JSON or between backticks', () => {
    const valueOf = (literal: string) => {
      const query = parseQuery(`{app="web"} | x=${literal} |= ${literal}`);
      expect(query).toMatchObject({ kind: 'log', selector });
      return query.kind === 'log' ? query.stages : [];
    };
    const stages = (value: string) => [
      { kind: 'labels', filter: { kind: 'text', matcher: { name: 'x', operator: '=', value } } },
      { kind: 'line', operator: '|=', alternatives: [value] },
    ];
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), value => {
        expect(valueOf(JSON.stringify(value))).toEqual(stages(value));
      }),
    );
    const raw = fc.string({ unit: 'grapheme' }).filter(value => !/[`\r]/.test(value));
    fc.assert(
      fc.property(raw, value => {
        expect(valueOf(`\`${value}\``)).toEqual(stages(value));
      }),
    );
    // What would end a string, a selector or a query, in every order.
    const dangerous = fc.constantFrom('"', '\\', '`', '\n', '}', '{', '|', '#', ' or ', '\u2028');
    fc.assert(
      fc.property(fc.array(dangerous, { maxLength: 12 }), parts => {
        const value = parts.join('');
        expect(valueOf(JSON.stringify(value))).toEqual(stages(value));
      }),
    );
  });
});
