import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const script = path.join(root, 'scripts/verify');

/** What a cluster with one tenant answers, by what kubectl is asked; anything else is an empty list. */
const fakeKubectl = `#!/usr/bin/env node
const args = process.argv.slice(2).join(' ');
const list = (...items) => ({ items });
const answers = [
  [/get namespaces -l/, list({ metadata: { name: 'tenant-a' } })],
  [/get namespace tenant-a/, { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } }],
  [/get validatingadmission/, undefined, "error: the server doesn't have a resource type \\"validatingadmissionpolicies\\""],
  [/dry-run=server/, undefined, 'Error from server (Forbidden): exceeded quota: tenant'],
  [/get service /, undefined, 'Error from server (NotFound): services not found'],
];
const found = answers.find(([pattern]) => pattern.test(args));
if (found?.[2]) {
  console.error(found[2]);
  process.exit(1);
}
console.log(JSON.stringify(found?.[1] ?? list()));
`;

describe('scripts/verify', () => {
  let folder;
  let server;
  let url;
  const requests = [];
  const verify = (args, env = {}) =>
    run(script, args, {
      env: {
        PATH: `${folder}:${path.dirname(process.execPath)}:/usr/bin:/bin`,
        SANDBOX_STATE_DIR: folder,
        ...env,
      },
    });

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'verify test '));
    await writeFile(path.join(folder, 'kubectl'), fakeKubectl, { mode: 0o755 });
    server = createServer((request, response) => {
      requests.push(request);
      response.end(JSON.stringify({ status: 'success', data: { result: [], groups: [] } }));
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${server.address().port}`;
  });
  after(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  it('prints each finding as JSON, with the command, and ends with 1 when one failed', async () => {
    const env = { LOKI_URL: url, LOKI_TOKEN: 'hush' };
    const { code, output } = await verify(['--output', 'json'], env);
    assert.equal(code, 1);
    const { findings, summary, tenants, target } = JSON.parse(output);
    assert.deepEqual(tenants, ['tenant-a']);
    assert.equal(target.kind, 'cluster');
    const byId = Object.fromEntries(findings.map(finding => [finding.id, finding]));
    assert.deepEqual(byId['pod-security'], {
      id: 'pod-security',
      tenant: 'tenant-a',
      command: 'kubectl get namespace tenant-a',
      result: 'pass',
      detail: 'Pod Security enforces restricted',
    });
    assert.equal(byId['pods-ready'].result, 'fail');
    assert.equal(byId['admission-policies'].result, 'not here');
    assert.equal(byId['refuses-privileged-pod'].result, 'pass');
    assert.match(byId.prometheus.detail, /no service\/prometheus in namespace observability/);
    assert.equal(byId.prometheus.result, 'not here');
    assert.match(byId.logs.command, /-H "Authorization: Bearer \$LOKI_TOKEN"/);
    assert.equal(
      summary.passed + summary.failed + summary.notHere,
      findings.length,
      'every finding is counted once',
    );
    assert.ok(!output.includes('hush'), 'no credential is printed');
    const asked = requests.find(({ url: path }) => path.includes('error'));
    assert.equal(asked.headers['x-scope-orgid'], 'tenant-a');
    assert.equal(asked.headers.authorization, 'Bearer hush');
  });

  it('prints a line for each, and a total', async () => {
    const { output } = await verify(['--tenant', 'tenant-a'], { LOKI_URL: url });
    assert.match(output, /^Verifying a cluster\.\n/);
    assert.match(output, /^pass {6}tenant-a +Pod Security enforces restricted +\$ kubectl get/m);
    assert.match(output, /\n\d+ passed, \d+ failed, \d+ not here\n$/);
  });

  it('ends with 2 for wrong use', async () => {
    const { code, output } = await verify(['--output', 'xml']);
    assert.equal(code, 2);
    assert.match(output, /^--output xml: choose text or json\.\n$/);
  });

  it('says that the cluster does not answer, and how to choose another', async () => {
    const broken = path.join(folder, 'kubectl');
    await writeFile(broken, '#!/bin/sh\necho "E0101 retry" >&2\necho "refused" >&2\nexit 1\n');
    const { code, output } = await verify([]);
    assert.equal(code, 1);
    assert.match(
      output,
      /^kubectl get namespaces .*: refused\. Choose a cluster with --kubeconfig/,
    );
  });
});
