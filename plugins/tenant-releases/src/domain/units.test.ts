import fc from 'fast-check';
import { formatAxisValues, formatValue } from './units';

describe('formatValue', () => {
  it.each<[number, string, string]>([
    [3.24, 'requests/s', '3.24 requests/s'],
    [31.46, 'requests/s', '31.5 requests/s'],
    [1234.5, 'requests/s', '1235 requests/s'],
    [0, 'requests/s', '0 requests/s'],
    [0.001, 'requests/s', '<0.01 requests/s'],
    [-0.001, 'requests/s', '>-0.01 requests/s'],
    [0.0021, 'ratio', '0.21 %'],
    [1, 'ratio', '100 %'],
    [0.0312, 's', '31.2 ms'],
    [1.2, 's', '1.2 s'],
    [0.125, 'cores', '0.13 cores'],
    [0, 'bytes', '0 B'],
    [1023, 'bytes', '1023 B'],
    [85.3 * 1024 ** 2, 'bytes', '85.3 MiB'],
    [2 ** 60, 'bytes', '1 EiB'],
    [4, 'things', '4 things'],
  ])('%d %s is "%s"', (value, unit, expected) => {
    expect(formatValue(value, unit)).toBe(expected);
  });
});

describe('formatAxisValues', () => {
  it.each<[number[], string, string[]]>([
    [[0, 0.5, 1], 'requests/s', ['0', '0.5', '1']],
    [[0, 0.1 + 0.2], 'cores', ['0', '0.3']],
    [[0, 0.00002, 0.00004], 'requests/s', ['0', '0.00002', '0.00004']],
    [[0, 5_000, 10_000], 'requests/s', ['0', '5,000', '10,000']],
    [[0, 2_500_000], 'requests/s', ['0\u00a0M', '2.5\u00a0M']],
    [[0, 0.05, 0.1], 'ratio', ['0\u00a0%', '5\u00a0%', '10\u00a0%']],
    [[0, 0.00005], 'ratio', ['0\u00a0%', '0.005\u00a0%']],
    [[0, 0.25, 0.5], 's', ['0\u00a0ms', '250\u00a0ms', '500\u00a0ms']],
    [[0, 0.5, 1], 's', ['0\u00a0s', '0.5\u00a0s', '1\u00a0s']],
    [[0, 2 ** 18, 2 ** 20], 'bytes', ['0\u00a0MiB', '0.25\u00a0MiB', '1\u00a0MiB']],
    [[0], 'bytes', ['0\u00a0B']],
    [[], 'bytes', []],
  ])('%j %s are %j', (values, unit, expected) => {
    expect(formatAxisValues(values, unit)).toEqual(expected);
  });

  it('writes no two numbers of an axis the same', () => {
    const unit = fc.constantFrom('requests/s', 'ratio', 's', 'cores', 'bytes', 'things');
    const power = fc.integer({ min: -4, max: 15 });
    fc.assert(
      fc.property(unit, power, fc.constantFrom(1, 2, 2.5, 5), fc.nat({ max: 6 }), (...all) => {
        const [name, exponent, factor, count] = all;
        const values = Array.from({ length: count }, (_, index) => index * factor * 10 ** exponent);
        const texts = formatAxisValues(values, name);
        expect(new Set(texts).size).toBe(count);
      }),
    );
  });
});
