import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findPrograms } from './prerequisites.mjs';

describe('findPrograms', () => {
  let folder;
  const program = (name, body) =>
    writeFile(path.join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  const find = names => findPrograms(names, folder);
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'k3d test '));
  });
  after(() => rm(folder, { recursive: true }));

  it('says in one line that Docker is missing, and what does without', () =>
    assert.rejects(
      find(['docker', 'k3d']),
      /^CureError: docker was not found: install Docker \(https:.*npm start needs none of it.*\.$/,
    ));

  it('says that the daemon does not answer', async () => {
    await program('docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
    await assert.rejects(
      find(['docker', 'k3d']),
      /^CureError: Docker does not answer \(Cannot connect to the Docker daemon\): start Docker/,
    );
  });

  it('says that k3d is missing or too old', async () => {
    await program('docker', 'echo 28.2.2');
    await assert.rejects(
      find(['docker', 'k3d']),
      /^CureError: k3d was not found: install k3d 5\.6/,
    );
    await program('k3d', 'echo "k3d version v4.4.8"; echo "k3s version v1.21.7-k3s1 (default)"');
    await assert.rejects(find(['docker', 'k3d']), /^CureError: k3d version v4\.4\.8 is too old/);
  });

  it('answers where they are', async () => {
    await program('k3d', 'echo "k3d version v5.8.3"');
    await program('kubectl', 'true');
    assert.deepEqual(await find(['docker', 'k3d', 'kubectl']), {
      docker: path.join(folder, 'docker'),
      k3d: path.join(folder, 'k3d'),
      kubectl: path.join(folder, 'kubectl'),
    });
  });
});
