import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { withoutGitRepository } from './lib/environment.mjs';
import { root } from './lib/paths.mjs';
import { git, makeWorkspace, runStep } from './lib/workflows/testing/workspace.mjs';

let workspace;
before(async () => {
  workspace = await makeWorkspace();
});
after(() => workspace.remove());

describe('image: names', () => {
  it('are in lower case and carry seven digits of the commit', async () => {
    const env = { GITHUB_REPOSITORY_OWNER: 'Acme', GITHUB_SHA: '1a2b3c4d'.repeat(5) };
    const cwd = workspace.tree;
    const step = await runStep(workspace, 'image', 'Name image and version', { cwd, env });
    assert.equal(step.outputs.image, 'ghcr.io/acme/demo-api');
    assert.equal(step.outputs.version, 'sha-1a2b3c4');
    assert.match(step.outputs.created, /^\d{10}$/);
  });
});

describe('image: an earlier release of the commit', () => {
  const docker = '#!/bin/sh\necho "$ANSWER" >&2\nexit "$CODE"\n';
  before(() => writeFile(path.join(workspace.folder, 'bin', 'docker'), docker, { mode: 0o755 }));
  for (const [answer, dockerCode, code, released] of [
    ['Name: ghcr.io/acme/demo-api:sha-1a2b3c4', '0', 0, 'true'],
    ['ERROR: ghcr.io/acme/demo-api:sha-1a2b3c4: not found', '1', 0, 'false'],
    ['ERROR: unexpected status: 403 Forbidden: denied', '1', 0, 'false'],
    ['ERROR: unexpected status: 503 Service Unavailable', '1', 1, undefined],
    ['ERROR: dial tcp: i/o timeout', '1', 1, undefined],
  ]) {
    it(`is ${released ?? 'not guessed'} after: ${answer}`, async () => {
      const env = {
        REFERENCE: 'ghcr.io/acme/demo-api:sha-1a2b3c4',
        ANSWER: answer,
        CODE: dockerCode,
      };
      const step = await runStep(workspace, 'image', 'Look for an earlier release of this commit', {
        env,
      });
      assert.equal(step.code, code, step.output);
      assert.equal(step.outputs.released, released);
    });
  }
});

describe('bump: a version that is no immutable tag', () => {
  for (const [service, version, code] of [
    ['demo-api', 'sha-1a2b3c4', 0],
    ['demo-api', 'latest', 1],
    ['demo-api', 'sha-1a2b3c4; echo x', 1],
    ['demo-api', 'sha-1a2b3c4\nx', 1],
    ['demo-api', '', 1],
    ['$(id)', 'sha-1a2b3c4', 1],
  ]) {
    it(`${service} ${JSON.stringify(version)} ends with ${code}`, async () => {
      const env = { SERVICE: service, VERSION: version };
      const name = 'Refuse a version that is no immutable tag';
      const step = await runStep(workspace, 'bump', name, { env });
      assert.equal(step.code, code, step.output);
    });
  }
});

describe('bump: the pull requests', () => {
  let forge;
  let url;
  const token = 'token-of-the-run';
  before(async () => {
    ({ forge, url } = await startForge(path.join(workspace.folder, 'state'), token));
    const header = `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString(
      'base64',
    )}`;
    const remote = `${url}/acme/platform.git`;
    await git(
      workspace,
      '-c',
      `http.extraHeader=${header}`,
      'push',
      '--quiet',
      '--force',
      remote,
      'main',
    );
  });
  after(async () => {
    const ended = once(forge, 'exit');
    forge.kill();
    await ended;
  });

  const openPullRequests = async () => {
    const answer = await fetch(`${url}/api/v3/repos/acme/platform/pulls?state=open`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(answer.status, 200);
    return answer.json();
  };
  const bump = async version => {
    const step = await runStep(workspace, 'bump', 'Open or update the pull requests', {
      cwd: workspace.tree,
      env: {
        SERVICE: 'demo-api',
        VERSION: version,
        BASE: 'main',
        GITHUB_TOKEN: token,
        GITHUB_API_URL: `${url}/api/v3`,
        GITHUB_REPOSITORY: 'acme/platform',
      },
    });
    assert.equal(step.code, 0, step.output);
    return openPullRequests();
  };

  it('are one for each ring, and a further version updates them', async () => {
    const opened = await bump('sha-1111111');
    assert.ok(opened.length > 0);
    const branches = opened.map(pull => pull.head.ref);
    for (const branch of branches) assert.match(branch, /^bump\/demo-api\/ring-\d$/);
    assert.equal(new Set(branches).size, branches.length);

    const updated = await bump('sha-2222222');
    const numbers = pulls => pulls.map(pull => pull.number).sort();
    assert.deepEqual(numbers(updated), numbers(opened));
    for (const pull of updated) assert.match(pull.title, /sha-2222222/);
  });
});

/** The embedded forge alone, on a port of the system's choice, with an empty acme/platform. */
async function startForge(stateDir, token) {
  const names = [
    'forge',
    'argocd',
    'kubernetes',
    'prometheus',
    'loki',
    'grafana',
    'oidc',
    'cluster',
  ];
  const settings = {
    repositoryRoot: root,
    stateDir,
    ports: Object.fromEntries([...names, 'portal'].map(name => [name, 0])),
    tools: { git: 'git' },
    tokens: { forge: token },
    webhookSecret: 'secret',
  };
  const forge = fork(path.join(root, 'packages/sandbox/dist/main.cjs'), ['serve', 'forge'], {
    env: { ...withoutGitRepository(process.env), SANDBOX_SETTINGS: JSON.stringify(settings) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { url } = await new Promise((resolve, reject) => {
    forge.once('message', resolve);
    forge.once('exit', code => reject(new Error(`the forge ended with ${code}`)));
  });
  return { forge, url };
}
