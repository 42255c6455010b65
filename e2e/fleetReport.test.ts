import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isMet, lineOf, median, missed, type Measured } from './fleet/report.ts';

const measured = (values: number[], part: Partial<Measured> = {}): Measured => ({
  name: 'LCP',
  unit: 'ms',
  values,
  ...part,
});

describe('report of a measurement', () => {
  it('takes the middle value', () => {
    assert.equal(median([30, 10, 20]), 20);
    assert.equal(median([40, 10, 30, 20]), 30);
    assert.equal(median([7]), 7);
  });

  it('holds the median against the goal', () => {
    assert.equal(isMet(measured([90, 100, 500], { goal: 100 })), true);
    assert.equal(isMet(measured([90, 101, 500], { goal: 100 })), false);
    assert.equal(isMet(measured([1])), undefined);
  });

  it('writes median, spread and verdict', () => {
    const line = (part: Measured) => lineOf(part).trim().replace(/ +/g, ' ');
    assert.equal(line(measured([12.4, 90, 30])), 'LCP 30 ms 12 to 90');
    assert.equal(line(measured([30], { goal: 50 })), 'LCP 30 ms goal 50 ms: met');
    assert.equal(
      line(measured([60.25], { unit: 'kB', goal: 60 })),
      'LCP 60.3 kB goal 60 kB: NOT MET',
    );
    assert.equal(
      line(measured([60], { goal: 50, dependsOnLoad: true })),
      'LCP 60 ms goal 50 ms: not met, or the machine is busy',
    );
  });

  it('counts as missed only what a busy machine does not explain', () => {
    const [sure, explained, met] = [
      measured([60], { goal: 50 }),
      measured([60], { goal: 50, dependsOnLoad: true }),
      measured([40], { goal: 50 }),
    ];
    assert.deepEqual(missed([sure, explained, met]), [sure]);
  });
});
