import { selectLines } from '../api/podLog';
import { ContainerLog, lineTimes, nanosecondTimestamp } from './ContainerLog';

const now = Date.parse('2026-11-23T10:00:00Z');
const log = () => new ContainerLog(lineTimes(() => now));

it('cuts streams into lines of their own', () => {
  const container = log();
  container.append('stdout', 'one\ntw');
  container.append('stderr', 'oops\r\n');
  container.append('stdout', 'o\nthree');
  expect(container.lines.map(line => line.text)).toEqual(['one', 'oops', 'two']);
  container.end();
  expect(container.lines.map(line => line.text)).toEqual(['one', 'oops', 'two', 'three']);
});

it('gives every line a later time', () => {
  const container = log();
  container.append('stdout', 'a\nb\nc\n');
  const times = container.lines.map(line => line.time);
  expect(new Set(times).size).toBe(3);
  expect(nanosecondTimestamp(times[2])).toBe('2026-11-23T10:00:00.000000002Z');
});

it('keeps the newest lines, and no endless one', () => {
  const container = log();
  container.append('stdout', Array.from({ length: 10_000 }, (_, index) => `${index}\n`).join(''));
  expect(container.lines.length).toBeLessThanOrEqual(6000);
  expect(container.lines.at(-1)?.text).toBe('9999');
  container.append('stdout', 'x'.repeat(100_000));
  expect(container.lines.at(-1)?.text).toHaveLength(100_000);
});

it('tells followers of lines and of the end', () => {
  const container = log();
  const seen: (string | undefined)[] = [];
  container.subscribe(line => seen.push(line?.text));
  container.append('stdout', 'a\n');
  container.end();
  expect(seen).toEqual(['a', undefined]);
  expect(container.ended).toBe(true);
});

it.each([
  [{}, ['a', 'b', 'c']],
  [{ tailLines: 2 }, ['b', 'c']],
  [{ tailLines: 0 }, []],
  [{ sinceSeconds: 15 }, ['b', 'c']],
  [{ sinceSeconds: 15, tailLines: 1 }, ['c']],
  [{ sinceTime: '2026-11-23T09:59:55+00:00' }, ['c']],
])('selects %j', (options, expected) => {
  const lines = [20, 10, 0].map((seconds, index) => ({
    time: BigInt(now - seconds * 1000) * 1_000_000n,
    text: 'abc'[index],
  }));
  expect(selectLines(lines, options, now).map(line => line.text)).toEqual(expected);
});
