import { keepListening } from './keepListening';

const middle = () => 0.5;

describe('keepListening', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('pauses twice as long after each failure, up to 30 s', async () => {
    const controller = new AbortController();
    const times: number[] = [];
    const started = Date.now();
    keepListening(
      async () => {
        times.push((Date.now() - started) / 1000);
        throw new Error('down');
      },
      () => {},
      controller.signal,
      middle,
    );
    await jest.advanceTimersByTimeAsync(100_000);
    controller.abort();
    expect(times).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
  });

  it('starts with 1 s again after a stream that stood, and tells when it stands', async () => {
    const controller = new AbortController();
    const states: boolean[] = [];
    let readings = 0;
    keepListening(
      async onOpen => {
        readings += 1;
        if (readings < 4) throw new Error('down');
        onOpen();
      },
      open => states.push(open),
      controller.signal,
      middle,
    );
    await jest.advanceTimersByTimeAsync(7_000);
    expect(states).toEqual([false, false, false, true, false]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(readings).toBe(5);
    controller.abort();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(readings).toBe(5);
    expect(jest.getTimerCount()).toBe(0);
  });
});
