/** Counts of passed and failed tests out of what test runners write. */

/**
 * Counts of `node --test` out of its TAP report. A cancelled test failed.
 * @param tap - undefined when no report was written
 */
export function countTap(tap = '') {
  const count = name => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  return { passed: count('pass'), failed: count('fail') + count('cancelled') };
}

/**
 * Counts of Jest out of `--json`. A file that could not be run is a failure, although no test of it is counted.
 * @param json - undefined when no report was written
 */
export function countJest(json) {
  if (!json) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(json);
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

/**
 * What a check came to. A runner that failed without a failed test, or that ran nothing, counts as one failure: a check that
 * says nothing must not look like one that passed.
 */
export function settle(counts, exitCode) {
  const silent = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}

/** The last line of `npm test`. */
export function totalLine(results) {
  const sum = key => results.reduce((total, result) => total + result[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}
