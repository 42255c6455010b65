import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CureError } from '../output.mjs';
import { chartRuns } from './chartRuns.mjs';
import { judge } from './judge.mjs';
import { kustomizeRoots } from './kustomize.mjs';
import { optionalTests } from './manifestChecks.mjs';
import { sort } from './promtoolCheck.mjs';
import { runPlatform } from './runPlatform.mjs';
import { checkovProblem } from './scannerChecks.mjs';

describe('chartRuns', () => {
  let folder;
  const write = async (file, text) => {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  };
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'charts-'));
    await write('charts/tenant/ci/standard-values.yaml', 'tenant: { name: acme }\n');
    await write('charts/tenant/ci/notes.md', 'no scenario\n');
    await write('charts/tenant-fence/values.yaml', '{}\n');
    await write('charts/portal/ci/small-values.yaml', 'replicas: 1\n');
    await write('gitops/tenants/tenant-a-values.yaml', 'tenant: { name: tenant-a }\n');
  });
  after(() => rm(folder, { recursive: true }));

  it('is each scenario of each chart, and each tenant with both of its charts', async () => {
    const runs = await chartRuns(folder);
    assert.deepEqual(
      runs.map(run => [run.chart, run.scenario, run.release, run.namespace]),
      [
        ['portal', 'small', 'portal', 'portal'],
        ['tenant', 'standard', 'acme', 'acme'],
        ['tenant', 'gitops-tenant-a', 'tenant-a', 'tenant-a'],
        ['tenant-fence', 'gitops-tenant-a', 'tenant-a-fence', 'tenant-a'],
      ],
    );
  });
});

describe('kustomizeRoots', () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kustomize-'));
    for (const [name, text] of [
      ['', 'resources: [namespace.yaml, loki]\n'],
      ['loki', 'resources: [../shared]\ncomponents: [tls]\n'],
      ['shared', 'resources: []\n'],
      ['loki/tls', 'kind: Component\n'],
      ['spare', 'kind: Component\n'],
      ['alloy/cloud', 'resources: []\n'],
    ]) {
      await mkdir(path.join(folder, 'gitops/platform', name), { recursive: true });
      await writeFile(path.join(folder, 'gitops/platform', name, 'kustomization.yaml'), text);
    }
  });
  after(() => rm(folder, { recursive: true }));

  it('are the folders that no other takes in, without components', async () =>
    assert.deepEqual(await kustomizeRoots('gitops/platform', folder), [
      { folder: 'gitops/platform/alloy/cloud', scenario: 'platform-alloy-cloud' },
      { folder: 'gitops/platform', scenario: 'platform' },
    ]));
});

describe('checkovProblem', () => {
  const section = (name, passed, failed) =>
    `${name} scan results:\n\nPassed checks: ${passed}, Failed checks: ${failed}, Skipped checks: 1\n\n`;
  it('is undefined when all passed', () =>
    assert.equal(
      checkovProblem('helm', section('kubernetes', 2, 3) + section('helm', 7, 0)),
      undefined,
    ));
  it('is the section of the framework that found something', () => {
    const report = `${section('kubernetes', 2, 3)}Check: CKV_K8S_1\n${section('helm', 7, 0)}`;
    assert.match(checkovProblem('kubernetes', report), /CKV_K8S_1$/);
  });
  it('tells that nothing was judged', () => {
    assert.match(checkovProblem('helm', section('kubernetes', 2, 0)), /^nothing was judged/);
    assert.match(checkovProblem('helm', section('helm', 0, 0)), /Passed checks: 0/);
  });
});

describe('optionalTests', () => {
  it('names what is off by default', () =>
    assert.deepEqual(
      optionalTests('a-test,Pod,"Makes sure, well",optional\nb-test,Pod,Something,default\n'),
      ['a-test'],
    ));
});

describe('sort', () => {
  it('tells rules, their tests and configuration apart', () =>
    assert.deepEqual(
      sort(['p/prometheus.yaml', 'p/rules/a.yaml', 'p/rules/tests/a.yaml', 'p/service.yaml']),
      {
        configurations: ['p/prometheus.yaml'],
        rules: ['p/rules/a.yaml'],
        tests: ['p/rules/tests/a.yaml'],
      },
    ));
});

describe('judge', () => {
  const node = (title, code) => judge(title, process.execPath, ['-e', code]);
  it('passes what ends well', async () =>
    assert.deepEqual(await node('x', 'console.log("fine")'), { title: 'x' }));
  it('tells what the tool said', async () =>
    assert.deepEqual(await node('x', 'console.log("bad"); process.exit(3)'), {
      title: 'x',
      problem: 'bad',
    }));
  it('tells the exit code of a tool that says nothing', async () =>
    assert.deepEqual(await node('x', 'process.exit(3)'), {
      title: 'x',
      problem: 'ended with exit code 3',
    }));
});

describe('runPlatform', () => {
  const from = {
    good: { title: 'good', tools: ['trivy'], run: async () => [{ title: 'a' }, { title: 'b' }] },
    bad: {
      title: 'bad',
      tools: [],
      run: async () => [{ title: 'c', problem: 'no' }, { title: 'd' }],
    },
    broken: {
      title: 'broken',
      tools: [],
      run: async () => {
        throw new Error('cannot');
      },
    },
    missing: { title: 'missing', tools: ['checkov'], run: async () => assert.fail('was run') },
    empty: { title: 'empty', tools: [], run: async () => [] },
  };
  const find = async tool => (tool === 'trivy' ? '/bin/trivy' : undefined);
  const options = { bring: 'quick', from, find, print: () => {} };

  it('counts what passed and failed, and names what was not run', async () =>
    assert.deepEqual(await runPlatform({ ...options, names: ['good', 'bad', 'missing'] }), {
      passed: 3,
      failed: 1,
      notRun: [
        'not run: missing: checkov (not found, and no python3 with venv to bring it with: pip install checkov)',
      ],
    }));
  it('says why a tool could not be brought', async () => {
    const failing = async () => {
      throw new CureError('much output\n\nFetching failed. Check the network.');
    };
    const { notRun } = await runPlatform({ ...options, find: failing, names: ['good'] });
    assert.deepEqual(notRun, ['not run: good: trivy (Fetching failed. Check the network.)']);
  });
  it('goes on after a check that broke', async () => {
    const { passed, failed } = await runPlatform({ ...options, names: ['broken', 'good'] });
    assert.deepEqual({ passed, failed }, { passed: 2, failed: 1 });
  });
  it('counts a check that judged nothing as a failure', async () => {
    const { passed, failed } = await runPlatform({ ...options, names: ['empty'] });
    assert.deepEqual({ passed, failed }, { passed: 0, failed: 1 });
  });
});
