import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NotHereError } from './servers.mjs';
import { runChecks } from './runChecks.mjs';
import { fail, findingLine, notHere, pass, some, summarise, summaryLine } from './verdict.mjs';

describe('runChecks', () => {
  const command = 'kubectl get pods';
  const check = (id, run) => ({ id, command, run });
  it('turns what goes wrong into a finding and goes on', async () => {
    const seen = [];
    const findings = await runChecks(
      [
        check('one', async () => pass('fine')),
        check('two', async () => Promise.reject(new Error('HTTP 500'))),
        check('three', async () => Promise.reject(new NotHereError('no Loki'))),
        { ...check('four', async () => fail('none')), tenant: 'tenant-a' },
      ],
      finding => seen.push(finding.id),
    );
    assert.deepEqual(findings, [
      { id: 'one', command, result: 'pass', detail: 'fine' },
      { id: 'two', command, result: 'fail', detail: 'HTTP 500' },
      { id: 'three', command, result: 'not here', detail: 'no Loki' },
      { id: 'four', tenant: 'tenant-a', command, result: 'fail', detail: 'none' },
    ]);
    assert.deepEqual(seen, ['one', 'two', 'three', 'four']);
  });
});

describe('the report', () => {
  it('says result, tenant, finding and command in one line', () =>
    assert.match(
      findingLine({
        ...pass('2 of 2 pods Ready'),
        tenant: 'tenant-a',
        command: 'kubectl get pods',
      }),
      /^pass +tenant-a +2 of 2 pods Ready +\$ kubectl get pods$/,
    ));
  it('counts "not here" apart', () =>
    assert.equal(
      summaryLine(summarise([pass('a'), pass('b'), fail('c'), notHere('d')])),
      '2 passed, 1 failed, 1 not here',
    ));
  it('names a few and counts the rest', () => {
    assert.equal(some(['a', 'b']), 'a, b');
    assert.equal(some(['a', 'b', 'c', 'd'], 2), 'a, b and 2 more');
  });
});
