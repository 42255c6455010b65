import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { readGitopsConfig } from '@internal/gitops';
import { GitopsForge } from './GitopsForge';

const head = 'a'.repeat(40);

/** GitHub answers 301 for a GET and 307 for anything else after a rename or a transfer. */
describe('GitopsForge of a repository that was renamed', () => {
  const requests: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method, url = '', headers } = request;
    requests.push(`${method} ${url} ${headers.authorization} ${body}`.trim());
    if (url.startsWith('/repos/acme/platform')) {
      const location = url.replace('/repos/acme/platform', '/repositories/42');
      response.writeHead(method === 'GET' ? 301 : 307, { location }).end();
      return;
    }
    response.setHeader('content-type', 'application/json');
    if (url.includes('/git/ref/')) response.end(JSON.stringify({ object: { sha: head } }));
    else if (url.includes('/git/commits/')) {
      const committer = { date: '2026-01-01T00:00:00Z' };
      response.end(JSON.stringify({ sha: head, message: 'x', tree: { sha: head }, committer }));
    } else response.writeHead(201).end('{}');
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(error => response.destroy(error));
  });

  beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.closeAllConnections();
    return new Promise(resolve => server.close(resolve));
  });

  it('reads and writes there', async () => {
    const apiBaseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const integration = { host: 'git.example.com', apiBaseUrl, token: 'git-token' };
    const repository = 'https://git.example.com/acme/platform';
    const config = new ConfigReader({
      integrations: { github: [integration] },
      tenantReleases: { gitops: { repository } },
    });
    const integrations = ScmIntegrations.fromConfig(config);
    const forge = new GitopsForge(readGitopsConfig(config), integrations);
    expect(await forge.headOf('main')).toMatchObject({ sha: head });
    expect(await forge.createBranch('onboard', head)).toBe(true);
    const sent = JSON.stringify({ ref: 'refs/heads/onboard', sha: head });
    expect(requests.at(-1)).toBe(`POST /repositories/42/git/refs Bearer git-token ${sent}`);
  });
});
