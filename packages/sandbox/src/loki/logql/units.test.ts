import { parseBytes, parseDuration } from './units';

describe('parseDuration', () => {
  it.each<[string, number | undefined]>([
    ['5m', 300],
    ['1h30m', 5400],
    ['1.5s', 1.5],
    ['.5s', 0.5],
    ['250ms', 0.25],
    ['1d', 86_400],
    ['-20s', -20],
    ['2w', 1_209_600],
    ['', undefined],
    ['5', undefined],
    ['5 m', undefined],
    ['m', undefined],
    ['-', undefined],
    ['5m!', undefined],
  ])('%j is %j seconds', (text, seconds) => {
    expect(parseDuration(text)).toEqual(seconds);
  });
});

describe('parseBytes', () => {
  it.each<[string, number | undefined]>([
    ['512', 512],
    ['512B', 512],
    ['1KB', 1000],
    ['1.5kb', 1500],
    ['1KiB', 1024],
    ['2MiB', 2_097_152],
    ['3 GB', 3e9],
    ['iB', undefined],
    ['1iB', undefined],
    ['x', undefined],
    ['-1', undefined],
  ])('%j is %j', (text, bytes) => {
    expect(parseBytes(text)).toEqual(bytes);
  });
});
