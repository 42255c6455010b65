import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { withoutGitRepository } from '../lib/environment.mjs';
import { root } from '../lib/paths.mjs';
import { foldersOf } from './folders.mjs';
import { up } from './up.mjs';

/** Plays docker, k3d and kubectl: notes each call with its input, and keeps whether the cluster is there. */
const player = folder => `#!/usr/bin/env node
const { appendFileSync, existsSync, writeFileSync, readFileSync } = require('node:fs');
const [, file, ...args] = process.argv;
const call = [require('node:path').basename(file), ...args].join(' ');
const state = ${JSON.stringify(path.join(folder, 'made'))};
const input = args.includes('-') ? readFileSync(0, 'utf8') : '';
appendFileSync(${JSON.stringify(
  path.join(folder, 'calls'),
)}, JSON.stringify({ call, input }) + '\\n');
const answers = {
  'k3d cluster list': () => (existsSync(state) ? '[{"name":"play","serversRunning":1}]' : '[]'),
  'k3d cluster create': () => (writeFileSync(state, ''), ''),
  'k3d kubeconfig write': () => (writeFileSync(args.at(-1), 'kubeconfig'), ''),
  'get deployments,statefulsets': () =>
    '{"items":[{"kind":"Deployment","metadata":{"name":"argocd-server"}}]}',
  'get secret argocd-initial': () => JSON.stringify({ data: { password: btoa('first password') } }),
  'config view': () =>
    '{"clusters":[{"cluster":{"server":"https://127.0.0.1:6550","certificate-authority-data":"Q0E="}}]}',
  'create token': () => 'kubernetes-token',
};
const found = Object.keys(answers).find(key => call.includes(key));
if (found) console.log(answers[found]());
`;

describe('k3d-up', () => {
  let folder;
  let argocd;
  const asked = [];
  const calls = async () =>
    (await readFile(path.join(folder, 'calls'), 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));

  const run = async () => {
    const programs = {};
    for (const name of ['docker', 'k3d', 'kubectl']) {
      programs[name] = path.join(folder, name);
      await writeFile(programs[name], player(folder), { mode: 0o755 });
    }
    const folders = Object.fromEntries(
      Object.entries(foldersOf('play')).map(([key, value]) => [
        key,
        key === 'manifests' ? value : path.join(folder, path.basename(value)),
      ]),
    );
    await writeFile(path.join(folder, 'calls'), '');
    await up({
      programs,
      folders,
      manifest: 'kind: Namespace\n',
      name: 'play',
      checkout: path.join(folder, 'checkout'),
      // Taken, too: what plays Argo CD listens on it.
      apiPort: argocd.address().port,
      argocdPort: argocd.address().port,
      registryPort: 5510,
      images: true,
    });
    return folders;
  };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'k3d-up-test-'));
    const checkout = path.join(folder, 'checkout');
    await cp(path.join(root, 'gitops'), path.join(checkout, 'gitops'), { recursive: true });
    const by = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
      [...by, 'commit', '-q', '-m', 'feat: x'],
    ]) {
      execFileSync('git', ['-C', checkout, ...args], { env: withoutGitRepository(process.env) });
    }
    argocd = createServer((request, response) => {
      let body = '';
      request.on('data', data => {
        body += data;
      });
      request.on('end', () => {
        const { authorization } = request.headers;
        asked.push({ url: request.url, body, authorization });
        if (request.url.startsWith('/api/v1/applications')) {
          response.statusCode = authorization === 'Bearer portal-token' ? 200 : 401;
          response.end('{}');
        } else {
          response.end(
            JSON.stringify({
              token: request.url === '/api/v1/session' ? 'session' : 'portal-token',
            }),
          );
        }
      });
    });
    await new Promise(resolve => argocd.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    argocd.close();
    await rm(folder, { recursive: true });
  });

  it('applies in order, and writes a file with the credentials that nobody else can read', async () => {
    // The cluster is there already: making it would need the port that plays Argo CD.
    await writeFile(path.join(folder, 'made'), '');
    const folders = await run();
    const made = await calls();
    const applied = made.filter(({ call }) => call.includes(' apply '));
    assert.match(applied[0].call, /--server-side --force-conflicts .*-k \S+install$/);
    assert.match(applied[1].call, /-k \S+install\/portal$/);
    const files = applied.slice(2).map(({ input }) => input);
    assert.equal(files.length, 3);
    // The projects, then the policies, which judge what root brings.
    assert.match(files[0], /^kind: AppProject$/m);
    assert.match(files[1], /path: gitops\/platform$/m);
    assert.match(files[2], /name: root$/m);
    for (const text of files) assert.match(text, /file:\/\/\/git\/platform\.git/);
    assert.ok(applied.every(({ call }) => call.includes(`--kubeconfig ${folders.kubeconfig}`)));
    const pushed = made.filter(({ call }) => call.startsWith('docker push'));
    assert.match(pushed[0].call, /127\.0\.0\.1:5510\/acme\/demo-api:\S+$/);

    const overlay = await readFile(folders.overlay, 'utf8');
    assert.match(overlay, /token: 'portal-token' # argocd/);
    assert.match(overlay, /serviceAccountToken: 'kubernetes-token'/);
    assert.equal((await stat(folders.overlay)).mode % 0o1000, 0o600);
    assert.equal((await stat(folders.kubeconfig)).mode % 0o1000, 0o600);
    assert.deepEqual(JSON.parse(asked[0].body), { username: 'admin', password: 'first password' });
    assert.deepEqual(asked[1], {
      url: '/api/v1/account/backstage/token',
      body: '{}',
      authorization: 'Bearer session',
    });
    const secrets = /first password|portal-token|kubernetes-token|session/;
    assert.ok(!made.some(({ call }) => secrets.test(call)), 'no secret is in an argument');
  });

  it('keeps a token that is still good', async () => {
    asked.length = 0;
    await run();
    assert.deepEqual(
      asked.map(({ url, authorization }) => [url, authorization]),
      [['/api/v1/applications?fields=metadata.resourceVersion', 'Bearer portal-token']],
    );
  });

  it('says which port is taken before it makes a cluster', async () => {
    await rm(path.join(folder, 'made'));
    await assert.rejects(run(), /^CureError: Port \d+ is taken: choose another with --api-port\.$/);
    assert.ok(!(await calls()).some(({ call }) => call.includes('create')));
  });
});
