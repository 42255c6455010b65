import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countJest, countTap, settle, totalLine } from './counts.mjs';

const tap = '1..2\n# tests 7\n# suites 2\n# pass 4\n# fail 1\n# cancelled 2\n# skipped 0\n';

describe('counts', () => {
  it('reads TAP; what was cancelled failed', () =>
    assert.deepEqual(countTap(tap), { passed: 4, failed: 3 }));

  it('is not misled by a line that a test printed', () =>
    assert.deepEqual(countTap(`# Subtest: # pass 100\n${tap}`), { passed: 4, failed: 3 }));

  it("reads Jest's report; a file that did not run is a failure", () => {
    const report = { numPassedTests: 10, numFailedTests: 2, numRuntimeErrorTestSuites: 1 };
    assert.deepEqual(countJest(JSON.stringify(report)), { passed: 10, failed: 3 });
  });

  for (const [what, counts, code, failed] of [
    ['a good run', { passed: 3, failed: 0 }, 0, 0],
    ['failures', { passed: 3, failed: 2 }, 1, 2],
    ['a crash after good tests', { passed: 3, failed: 0 }, 1, 1],
    ['a run without a test', { passed: 0, failed: 0 }, 0, 1],
    ['no report', countTap(undefined), 1, 1],
    ['no report of Jest', countJest(undefined), 1, 1],
  ]) {
    it(`${what} has ${failed} failed`, () => assert.equal(settle(counts, code).failed, failed));
  }

  it('adds up', () =>
    assert.equal(
      totalLine([
        { passed: 1, failed: 0 },
        { passed: 20, failed: 3 },
      ]),
      '21 passed, 3 failed',
    ));
});
