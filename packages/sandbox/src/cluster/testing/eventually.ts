/** Tries until the expectation holds; fails with its last error after `milliseconds`. */
export async function eventually<T>(
  expectation: () => T | Promise<T>,
  milliseconds = 10_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 25));
    }
  }
}
