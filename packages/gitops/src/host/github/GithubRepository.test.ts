import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GithubRepository } from './GithubRepository';

describe('a host that answers 200 with something else than GitHub does', () => {
  let server: Server;
  let repository: GithubRepository;
  let answer: { type: string; body: string };

  beforeAll(async () => {
    server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': answer.type });
      response.end(answer.body);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const slug = { owner: 'acme', repo: 'platform' };
    const headers = async () => ({ authorization: 'token hunter2' });
    repository = new GithubRepository(slug, { apiUrl, headers, throttle: false });
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));

  const calls: Array<[string, () => Promise<unknown>]> = [
    ['openPull', () => repository.openPull('x', 'main')],
    ['createPull', () => repository.createPull({ head: 'x', base: 'main', title: 'x', body: '' })],
    ['updatePull', () => repository.updatePull(1, { state: 'closed' })],
    ['comment', () => repository.comment(1, 'x')],
  ];
  const json = 'application/json';

  it.each([
    ['HTML', { type: 'text/html', body: '<html>Sign in with secret</html>' }],
    ['an object without anything', { type: json, body: '{}' }],
    ['a list of other things', { type: json, body: '[7]' }],
    ['null', { type: json, body: 'null' }],
    ['cut JSON', { type: json, body: '{"sha": "secr' }],
    ['nothing', { type: json, body: '' }],
  ])('fails in one line that names the call: %s', async (_, given) => {
    answer = given;
    for (const [name, call] of calls) {
      const error = await call().catch((thrown: Error) => thrown);
      expect([name, error]).toEqual([name, expect.objectContaining({ name: 'GithubError' })]);
      expect((error as Error).message).toMatch(
        /^The Git host answered [A-Z]+ \/repos\S+ with something else than GitHub's API does \(answer [^\n]+\): see GITHUB_API_URL, and whether a proxy or a sign-in page stands in front of it$/,
      );
      expect((error as Error).message).not.toMatch(/secr|hunter2|127\.0/);
    }
  });
});
