import { onceIn, readableLogLine } from './logLines';

describe('readableLogLine', () => {
  it.each<[string, string | undefined]>([
    [
      'ts=2026-11-23T05:00:00Z caller=main.go:1 level=error component=tsdb msg="opening \\"x\\"" err="no space"',
      'error: opening "x": no space',
    ],
    ['time=2026-11-23T05:00:00Z level=WARN source=a.go:1 msg=slow', 'warn: slow'],
    ['ts=2026-11-23T05:00:00Z level=info msg="Server is ready"', undefined],
    ['panic: runtime error', 'panic: runtime error'],
    ['', undefined],
  ])('of %j', (line, expected) => {
    expect(readableLogLine(line)).toBe(expected);
  });
});

it('onceIn lets the same line pass again after a while', () => {
  let now = 0;
  const passes = onceIn(1000, () => now);
  expect([passes('a'), passes('a'), passes('b')]).toEqual([true, false, true]);
  now = 1000;
  expect(passes('a')).toBe(true);
});
