import { createHintQueue } from './createHintQueue';

/** A queue whose readings end when they are told to. */
function createQueue() {
  const controller = new AbortController();
  const readings: string[] = [];
  let finish: Array<() => void> = [];
  const read = (what: string) =>
    new Promise<void>(resolve => {
      readings.push(what);
      finish.push(resolve);
    });
  const hint = createHintQueue(
    {
      gatherFor: 250,
      most: 3,
      onTenants: tenants => read([...tenants].join(' ')),
      onAll: () => read('all'),
    },
    controller.signal,
  );
  const end = async () => {
    finish.forEach(call => call());
    finish = [];
    await jest.advanceTimersByTimeAsync(0);
  };
  return { hint, readings, end, controller };
}

describe('createHintQueue', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('gathers a burst, and the next one while a reading is under way', async () => {
    const { hint, readings, end } = createQueue();
    hint(['a']);
    hint(['b', 'a']);
    expect(readings).toEqual([]);
    await jest.advanceTimersByTimeAsync(250);
    expect(readings).toEqual(['a b']);
    hint(['c']);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(readings).toEqual(['a b']);
    await end();
    await jest.advanceTimersByTimeAsync(250);
    expect(readings).toEqual(['a b', 'c']);
  });

  it('takes no names, or very many, for all', async () => {
    const { hint, readings, end } = createQueue();
    hint([]);
    await jest.advanceTimersByTimeAsync(250);
    await end();
    hint(['a', 'b', 'c', 'd']);
    await jest.advanceTimersByTimeAsync(250);
    expect(readings).toEqual(['all', 'all']);
  });

  it('does not let a reading of all hold up the rows', async () => {
    const { hint, readings, end } = createQueue();
    hint([]);
    await jest.advanceTimersByTimeAsync(250);
    hint(['a']);
    await jest.advanceTimersByTimeAsync(250);
    expect(readings).toEqual(['all', 'a']);
    hint([]);
    await jest.advanceTimersByTimeAsync(250);
    expect(readings).toEqual(['all', 'a']);
    await end();
    await jest.advanceTimersByTimeAsync(250);
    expect(readings).toEqual(['all', 'a', 'all']);
  });

  it('reads nothing after its end', async () => {
    const { hint, readings, controller } = createQueue();
    hint(['a']);
    controller.abort();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(readings).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
