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

/** Waits until the condition holds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(async () => {
    if (!(await condition())) {
      throw new Error('the condition does not hold');
    }
  });
}
