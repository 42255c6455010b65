import { setTimeout as delay } from 'node:timers/promises';
import { RetryLoop } from './RetryLoop';
import { UpstreamError } from '@internal/gitops';

describe('RetryLoop', () => {
  let loop: RetryLoop;
  let starts: number[];
  const errors: string[] = [];

  /** A loop whose steps are the given ones, and then one that waits long. */
  function start(...steps: Array<(signal: AbortSignal) => Promise<number>>): void {
    starts = [];
    errors.length = 0;
    loop = new RetryLoop({
      step: signal => {
        starts.push(Date.now());
        return (steps.shift() ?? (async () => 60_000))(signal);
      },
      onError: error => errors.push(error.message),
      minBackoffMs: 40,
      maxBackoffMs: 100,
      maxRetryAfterMs: 300,
    });
    loop.start();
  }

  const fail = (retryAfterSeconds?: number) => async () => {
    throw new UpstreamError('server-error', 'no', retryAfterSeconds);
  };

  afterEach(() => loop.stop());

  it('waits as long as the step says', async () => {
    start(async () => 50);
    await delay(120);
    expect(starts).toHaveLength(2);
    expect(starts[1] - starts[0]).toBeGreaterThanOrEqual(45);
  });

  it('waits longer with each failure, up to a limit', async () => {
    start(fail(), fail(), fail(), fail());
    await delay(450);
    const pauses = starts.slice(1).map((time, index) => time - starts[index]);
    expect(pauses).toHaveLength(4);
    expect(pauses[0]).toBeGreaterThanOrEqual(35);
    expect(pauses[1]).toBeGreaterThanOrEqual(75);
    expect(pauses[3]).toBeLessThan(180);
    expect(errors).toEqual(['no', 'no', 'no', 'no']);
  });

  it('leaves an upstream alone for as long as it asks, but not for ever', async () => {
    start(fail(60));
    await delay(200);
    expect(starts).toHaveLength(1);
    await delay(250);
    expect(starts).toHaveLength(2);
  });

  it('can be woken', async () => {
    start();
    await delay(20);
    loop.wake();
    await delay(20);
    expect(starts).toHaveLength(2);
  });

  it('does another step when it is woken during one', async () => {
    start(async () => {
      await delay(30);
      return 60_000;
    });
    loop.wake();
    await delay(80);
    expect(starts).toHaveLength(2);
  });

  it('can give up a step that hangs, which is no failure', async () => {
    start(signal => delay(60_000, 0, { signal }));
    await delay(20);
    loop.restart();
    await delay(20);
    expect(starts).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  it('ends when it is stopped', async () => {
    start(async () => 1);
    await loop.stop();
    const count = starts.length;
    await delay(30);
    expect(starts).toHaveLength(count);
  });
});
