import { createSilenceSignal } from './createSilenceSignal';

describe('createSilenceSignal', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('ends after a silence, which every sign of life postpones', () => {
    const silence = createSilenceSignal(new AbortController().signal, 1_000);
    jest.advanceTimersByTime(900);
    silence.postpone();
    jest.advanceTimersByTime(900);
    expect(silence.signal.aborted).toBe(false);
    jest.advanceTimersByTime(100);
    expect(silence.signal.aborted).toBe(true);
  });

  it('ends with the outer signal, and leaves no timer behind', () => {
    const outer = new AbortController();
    const silence = createSilenceSignal(outer.signal, 1_000);
    outer.abort();
    expect(silence.signal.aborted).toBe(true);
    silence.end();
    expect(jest.getTimerCount()).toBe(0);
    expect(createSilenceSignal(outer.signal, 1_000).signal.aborted).toBe(true);
  });
});
