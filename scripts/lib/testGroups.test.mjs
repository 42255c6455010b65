import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CureError } from './output.mjs';
import { runInGroups } from './testGroups.mjs';

const groups = [['one', 'two'], ['three']];
const tick = () => new Promise(resolve => setImmediate(resolve));

/** Runs checks that note when they begin and end. */
async function runNoted(overrides = {}, names = []) {
  const events = [];
  const printed = [];
  const check = name => async options => {
    events.push(`${name} begins`);
    options.print?.(`${name} says something`);
    await tick();
    const counts = await overrides[name]?.(options);
    events.push(`${name} ends`);
    return counts ?? { passed: 1, failed: 0 };
  };
  const checks = { one: check('one'), two: check('two'), three: check('three') };
  const print = line => printed.push(line.trim());
  const results = await runInGroups({
    checks,
    groups,
    names,
    reports: '/reports',
    print,
    complain: print,
  });
  return { events, printed, results };
}

describe('runInGroups', () => {
  it('runs a group at the same time, and the next when all of it has ended', async () => {
    const { events } = await runNoted({ one: tick });
    assert.deepEqual(events, [
      ...['one begins', 'two begins', 'two ends', 'one ends'],
      ...['three begins', 'three ends'],
    ]);
  });

  it('keeps together what a check prints, and lets one that is alone print by itself', async () => {
    const { printed } = await runNoted({ one: tick });
    assert.deepEqual(printed, [
      ...['== two ==', 'two says something', '== one ==', 'one says something'],
      '== three ==',
    ]);
  });

  it('answers in the order of the groups, whoever ends first', async () => {
    const counts = { one: { passed: 3, failed: 1 }, two: { passed: 2, failed: 0 } };
    const { results } = await runNoted({
      one: () => tick().then(() => counts.one),
      two: () => counts.two,
    });
    assert.deepEqual(
      results.map(({ seconds, ...result }) => result),
      [
        { name: 'one', ...counts.one },
        { name: 'two', ...counts.two },
        { name: 'three', passed: 1, failed: 0 },
      ],
    );
  });

  it('runs those that are chosen, of a group too', async () => {
    const { results, printed } = await runNoted({}, ['two']);
    assert.deepEqual(
      results.map(({ name }) => name),
      ['two'],
    );
    assert.deepEqual(printed, ['== two ==']);
  });

  for (const [kind, error, said] of [
    ['a cure', new CureError('install it'), /^install it$/],
    ['a fault', new Error('broken'), /^Error: broken\n +at /],
  ]) {
    it(`counts ${kind} that is thrown as one failure, says it, and goes on`, async () => {
      const { results, printed, events } = await runNoted({
        one: () => Promise.reject(error),
      });
      assert.deepEqual(
        results.map(({ failed }) => failed),
        [1, 0, 0],
      );
      assert.ok(
        printed.some(line => said.test(line)),
        printed.join('\n'),
      );
      assert.ok(events.includes('three ends'));
    });
  }
});
