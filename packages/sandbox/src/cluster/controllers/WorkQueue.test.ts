import { FakeClock } from '../testing/FakeClock';
import { WorkQueue } from './WorkQueue';

it('runs each key once for any number of additions', () => {
  const clock = new FakeClock();
  const seen: string[] = [];
  const queue = new WorkQueue(
    clock,
    key => void seen.push(key),
    () => {},
  );
  ['a', 'b', 'a'].forEach(key => queue.add(key));
  expect(seen).toEqual([]);
  clock.advance(0);
  expect(seen).toEqual(['a', 'b']);
});

it('tries again later and later after errors, and comes back when it is asked to', () => {
  const clock = new FakeClock();
  const times: number[] = [];
  const start = clock.now();
  const queue = new WorkQueue(
    clock,
    () => {
      times.push(clock.now() - start);
      if (times.length < 4) {
        throw new Error('not yet');
      }
      return times.length < 6 ? 1000 : undefined;
    },
    () => {},
  );
  queue.add('a');
  clock.advance(60_000);
  expect(times).toEqual([0, 50, 150, 350, 1350, 2350]);
});

it('does nothing once it is closed', () => {
  const clock = new FakeClock();
  const seen: string[] = [];
  const queue = new WorkQueue(
    clock,
    key => void seen.push(key),
    () => {},
  );
  queue.add('a');
  queue.addAfter('b', 10);
  queue.close();
  queue.add('c');
  clock.advance(100);
  expect(seen).toEqual([]);
});
