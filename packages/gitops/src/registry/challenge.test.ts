import { parseChallenges } from './challenge';

const read = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

it.each([
  ['', []],
  ['Basic', [['basic', {}]]],
  ['Basic realm="a"', [['basic', { realm: 'a' }]]],
  [
    'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:a/b:pull,push"',
    [
      [
        'bearer',
        {
          realm: 'https://ghcr.io/token',
          service: 'ghcr.io',
          scope: 'repository:a/b:pull,push',
        },
      ],
    ],
  ],
  [
    'Basic realm="a \\"b\\"", BEARER Realm = x , service=y',
    [
      ['basic', { realm: 'a "b"' }],
      ['bearer', { realm: 'x', service: 'y' }],
    ],
  ],
  ['Bearer realm="open', [['bearer', {}]]],
  ['"', []],
])('%s', (header, challenges) => {
  expect(read(header).slice(0, challenges.length)).toEqual(challenges);
});

it('comes to an end soon, whatever it is given', () => {
  const start = performance.now();
  for (const part of ['a=', 'a="', '\\"', ', ', 'Bearer ', 'a b ', '=']) read(part.repeat(5_000));
  expect(performance.now() - start).toBeLessThan(2_000);
});
