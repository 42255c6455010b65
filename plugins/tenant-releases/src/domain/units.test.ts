import { formatAxisValue, formatValue } from './units';

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
    [2 ** 60, 'bytes', '1048576 TiB'],
    [4, 'things', '4 things'],
  ])('%d %s is "%s"', (value, unit, expected) => {
    expect(formatValue(value, unit)).toBe(expected);
  });
});

describe('formatAxisValue', () => {
  it.each<[number, string, string]>([
    [0.5, 'requests/s', '0.5'],
    [0.1 + 0.2, 'cores', '0.3'],
    [0.05, 'ratio', '5\u00a0%'],
    [0.25, 's', '250\u00a0ms'],
  ])('%d %s is "%s"', (value, unit, expected) => {
    expect(formatAxisValue(value, unit)).toBe(expected);
  });
});
