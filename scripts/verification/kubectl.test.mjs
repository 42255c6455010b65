import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findKubectl, firstLine, Kubectl } from './kubectl.mjs';

describe('kubectl', () => {
  let folder;
  const program = async body => {
    const file = path.join(folder, 'kubectl');
    await writeFile(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    return file;
  };
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kubectl test '));
  });
  after(() => rm(folder, { recursive: true }));

  it('is found in the first folder that has it', async () => {
    const file = await program('true');
    assert.equal(await findKubectl(['/nowhere', folder]), file);
  });
  it('is asked for in one line where there is none', () =>
    assert.rejects(findKubectl(['/nowhere']), /^CureError: kubectl was not found: install it/));

  it('gets the cluster before the command, and its input', async () => {
    const kubectl = new Kubectl(await program('echo "$@"; cat'), {
      kubeconfig: '/a b/config',
      context: 'k3d',
    });
    const { code, stdout } = await kubectl.run(['get', 'pods'], { input: 'typed' });
    assert.equal(code, 0);
    assert.equal(stdout, '--kubeconfig /a b/config --context k3d get pods\ntyped');
  });

  it("fails with kubectl's own words", async () => {
    const kubectl = new Kubectl(
      await program('echo "E1123 retrying" >&2; echo "gone" >&2; exit 1'),
    );
    await assert.rejects(kubectl.json(['get', 'pods']), /^Error: gone$/);
  });

  it('forwards a port until it is closed', async () => {
    const kubectl = new Kubectl(
      await program('echo "Forwarding from 127.0.0.1:40123 -> 9090"; exec sleep 60'),
    );
    const url = await kubectl.forward('observability', 'service/prometheus', 9090);
    assert.equal(url, 'http://127.0.0.1:40123');
    kubectl.close();
  });
  it('says why a port is not forwarded', async () => {
    const kubectl = new Kubectl(await program('echo "error: no such pod" >&2; exit 1'));
    await assert.rejects(kubectl.forward('a', 'pod/b', 80), /^Error: error: no such pod$/);
  });

  it('leaves out what kubectl logs before its error', () =>
    assert.equal(
      firstLine('E1123 08:00:00 memcache.go: x\n\nThe connection was refused\n'),
      'The connection was refused',
    ));
});
