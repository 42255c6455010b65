const firstPause = 1_000;
const longestPause = 30_000;

/** Waits, but not past the end of the signal. */
function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(finish, milliseconds);
    function finish() {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
    signal.addEventListener('abort', finish);
  });
}

/** The next pause: twice as long, up to 30 s. @param last - milliseconds; 0 after a stream that stood */
function nextPause(last: number): number {
  return last === 0 ? firstPause : Math.min(last * 2, longestPause);
}

/**
 * Reads a stream over and over until the signal ends it. Between two readings it pauses: 1 s after one that
 * stood, doubling to 30 s while none can be opened, each up to a quarter shorter or longer so that many pages
 * do not come back in step.
 *
 * @param read - reads until the stream ends or fails, and says once it stands
 * @param onOpen - told whether the stream stands
 */
export async function keepListening(
  read: (onOpen: () => void) => Promise<void>,
  onOpen: (open: boolean) => void,
  signal: AbortSignal,
  random: () => number = Math.random,
): Promise<void> {
  let pause = 0;
  while (!signal.aborted) {
    const attempt = { stood: false };
    try {
      await read(() => {
        attempt.stood = true;
        onOpen(true);
      });
    } catch {
      // Polling stands in meanwhile, and its own calls show what is wrong.
    }
    if (signal.aborted) return;
    onOpen(false);
    pause = nextPause(attempt.stood ? 0 : pause);
    await waitFor(pause * (0.75 + random() / 2), signal);
  }
}
