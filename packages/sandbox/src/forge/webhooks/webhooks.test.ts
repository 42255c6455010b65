import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listen } from '../listen';
import { authorOf, eventually, startTestForge, type TestForge } from '../__testUtils__/testForge';

// A forge of its own starts in a test, which takes long on a busy machine.
jest.setTimeout(30_000);

interface Received {
  path: string;
  event: string;
  signature: string;
  delivery: string;
  body: string;
}

interface PushBody {
  ref: string;
  before: string;
  after: string;
  created: boolean;
  deleted: boolean;
  commits: Array<{ id: string; added: string[]; modified: string[]; removed: string[] }>;
  head_commit: { id: string; author: { username: string } } | null;
  repository: { full_name: string; html_url: string; url: string; default_branch: string };
  pusher: { name: string };
}

const platform = { owner: 'acme', repo: 'platform' };

describe('webhooks', () => {
  const received: Received[] = [];
  let failures = 0;
  let receiver: Server;
  let forge: TestForge;

  beforeAll(async () => {
    receiver = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', chunk => chunks.push(chunk));
      req.on('end', () => {
        const header = (name: string) => String(req.headers[name] ?? '');
        if (failures > 0) {
          failures -= 1;
          res.writeHead(503).end();
          return;
        }
        received.push({
          path: req.url ?? '',
          event: header('x-github-event'),
          signature: header('x-hub-signature-256'),
          delivery: header('x-github-delivery'),
          body: Buffer.concat(chunks).toString(),
        });
        res.writeHead(202).end();
      });
    });
    await new Promise<void>(resolve => {
      receiver.listen(0, '127.0.0.1', resolve);
    });
    const { port } = receiver.address() as AddressInfo;
    forge = await startTestForge({ ports: { portal: port, argocd: port } });
  });
  afterAll(async () => {
    await forge.close();
    await new Promise(resolve => {
      receiver.close(resolve);
    });
  });
  beforeEach(() => {
    received.length = 0;
  });

  const of = (event: string, path: string) =>
    eventually(async () => received.find(one => one.event === event && one.path === path));

  async function commit(branch: string, file: string) {
    const { rest } = forge.octokit('sandbox-forge-otto');
    const done = await rest.repos.createOrUpdateFileContents({
      ...platform,
      path: file,
      branch,
      message: 'Change',
      content: Buffer.from(`${Math.random()}`).toString('base64'),
      author: authorOf('lin'),
    });
    return done.data.commit.sha;
  }

  it('tells the portal and Argo CD about a push, signed', async () => {
    const sha = await commit('main', 'docs/one.md');
    await of('push', '/api/webhook');
    const { body, signature, delivery } = await of('push', '/api/events/http/github');
    const { webhookSecret } = forge.settings;
    expect(signature).toBe(
      `sha256=${createHmac('sha256', webhookSecret).update(body).digest('hex')}`,
    );
    expect(delivery).toMatch(/^[0-9a-f-]{36}$/);
    const payload = JSON.parse(body) as PushBody;
    expect(payload).toMatchObject({
      ref: 'refs/heads/main',
      before: expect.stringMatching(/^[0-9a-f]{40}$/),
      after: sha,
      created: false,
      deleted: false,
      repository: {
        full_name: 'acme/platform',
        name: 'platform',
        owner: { login: 'acme' },
        html_url: `${forge.url}/acme/platform`,
        url: `${forge.url}/acme/platform`,
        default_branch: 'main',
      },
      commits: [{ id: sha, added: ['docs/one.md'], modified: [], removed: [] }],
      head_commit: { id: sha, author: { username: 'lin' } },
      pusher: { name: 'otto' },
    });
  });

  it('tells about new and removed branches and about pull requests, in order', async () => {
    const { rest } = forge.octokit();
    const main = await rest.git.getRef({ ...platform, ref: 'heads/main' });
    await rest.git.createRef({ ...platform, ref: 'refs/heads/x', sha: main.data.object.sha });
    await commit('x', 'docs/two.md');
    await rest.pulls.create({ ...platform, title: 'T', head: 'x', base: 'main' });
    await commit('x', 'docs/three.md');
    await rest.git.deleteRef({ ...platform, ref: 'heads/x' });
    const actions = () =>
      received
        .filter(one => one.path === '/api/events/http/github')
        .map(one => {
          const body = JSON.parse(one.body);
          return one.event === 'push'
            ? `push ${body.ref} ${body.created} ${body.deleted}`
            : `${one.event} ${body.action} ${body.pull_request.number}`;
        });
    await eventually(async () => actions().length >= 7);
    expect(actions()).toEqual([
      'push refs/heads/x true false',
      'push refs/heads/x false false',
      'pull_request opened 1',
      'push refs/heads/x false false',
      'pull_request synchronize 1',
      'push refs/heads/x false true',
      'pull_request closed 1',
    ]);
    // Argo CD hears about pushes only.
    const argocd = received.filter(one => one.path === '/api/webhook').map(one => one.event);
    expect(new Set(argocd)).toEqual(new Set(['push']));
  });

  it('tries again when the receiver fails', async () => {
    failures = 2;
    await commit('main', 'docs/again.md');
    const { body } = await of('push', '/api/events/http/github');
    expect(JSON.parse(body).commits[0].added).toEqual(['docs/again.md']);
  });
});

describe('webhooks without receivers', () => {
  it('do not hold anything up, and one line says so', async () => {
    const { port, close } = await listen(0, () => undefined);
    await close();
    const forge = await startTestForge({ ports: { portal: port } });
    const log = jest.spyOn(console, 'log');
    const lines = () =>
      log.mock.calls.map(call => String(call[0])).filter(line => line.includes('given up'));
    await forge.octokit().rest.repos.createOrUpdateFileContents({
      ...platform,
      path: 'a.md',
      message: 'a',
      content: 'YQ==',
    });
    // The answer is there before the last attempt, which comes after more than a second.
    expect(lines()).toEqual([]);
    await eventually(async () => lines().length > 0);
    expect(lines()).toEqual([
      `forge: webhook push to http://localhost:${port}/api/events/http/github given up: ECONNREFUSED`,
    ]);
    await forge.close();
  });
});
