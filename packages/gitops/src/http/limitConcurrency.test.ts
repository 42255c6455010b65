import { setTimeout as delay } from 'node:timers/promises';
import { limitConcurrency } from './limitConcurrency';

describe('limitConcurrency', () => {
  it('runs at most so many at a time, all of them, in order', async () => {
    const limit = limitConcurrency(3);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        limit(async () => {
          order.push(index);
          running += 1;
          most = Math.max(most, running);
          await delay(index % 3);
          running -= 1;
          return index;
        }),
      ),
    );
    expect(most).toBe(3);
    expect(order).toEqual(answers);
  });

  it('goes on after a failure', async () => {
    const limit = limitConcurrency(1);
    const failed = limit(async () => {
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await expect(limit(async () => 'yes')).resolves.toBe('yes');
  });
});
