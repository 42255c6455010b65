import { mockServices } from '@backstage/backend-test-utils';
import { DefaultGithubCredentialsProvider } from '@backstage/integration';
import { parseRepositoryAddress } from '@internal/gitops';
import { FakeServer, sendJson } from '@internal/gitops/testUtils';
import { CommitComparer } from './CommitComparer';

const commit = (digit: string, message: string, author: object | null = { login: 'ada' }) => ({
  sha: digit.repeat(40),
  html_url: `https://git.example.com/acme/demo-api/commit/${digit}`,
  author,
  commit: { message, author: { name: 'Ada', date: '2026-01-01T00:00:00Z' } },
});

describe('CommitComparer', () => {
  let host: FakeServer;
  let answer: object | undefined;
  let comparer: CommitComparer;

  beforeAll(async () => {
    host = await new FakeServer((url, request, response) => {
      if (!url.pathname.startsWith('/repos/acme/demo-api/compare/')) return false;
      if (request.headers.authorization !== 'Bearer git-token') return false;
      return answer ? sendJson(response, 200, answer) : false;
    }).start();
  });
  afterAll(() => host.stop());

  beforeEach(() => {
    host.requests.length = 0;
    host.fault = undefined;
    comparer = new CommitComparer(
      mockServices.rootConfig({
        data: {
          integrations: {
            github: [{ host: 'git.example.com', apiBaseUrl: host.url, token: 'git-token' }],
          },
        },
      }),
      new Map([
        ['demo-api', parseRepositoryAddress('x', 'https://git.example.com/acme/demo-api')],
        ['billing', parseRepositoryAddress('x', 'https://git.example.com/globex/billing')],
        ['elsewhere', parseRepositoryAddress('x', 'https://code.example.org/acme/elsewhere')],
      ]),
    );
    answer = {
      html_url: 'https://git.example.com/acme/demo-api/compare/1111111...2222222',
      total_commits: 2,
      behind_by: 0,
      commits: [
        commit('1', `${'x'.repeat(10_000)}\n\nmore`),
        commit('2', '<b>retry</b>\nbody', { login: 'renovate[bot]', type: 'Bot' }),
      ],
    };
  });

  it('signs in to each repository of a host with the credentials for that one', async () => {
    const asked = jest.spyOn(DefaultGithubCredentialsProvider.prototype, 'getCredentials');
    for (const service of ['demo-api', 'billing']) {
      await comparer.compare(service, 'sha-1111111', 'sha-2222222');
    }
    expect(asked.mock.calls.map(([{ url }]) => url)).toEqual([
      'https://git.example.com/acme/demo-api',
      'https://git.example.com/globex/billing',
    ]);
    asked.mockRestore();
  });

  it('tells the commits with titles and authors, the newest first, and asks once', async () => {
    const [found, again] = await Promise.all([
      comparer.compare('demo-api', 'sha-1111111', 'sha-2222222'),
      comparer.compare('demo-api', 'sha-1111111', 'sha-2222222'),
    ]);
    expect(found).toEqual(again);
    expect(found).toMatchObject({ total: 2, missing: 0, url: expect.stringContaining('compare') });
    if (!('commits' in found)) throw new Error('no commits');
    expect(found.commits.map(({ title, isBot }) => [title.slice(0, 12), isBot])).toEqual([
      ['<b>retry</b>', true],
      ['xxxxxxxxxxxx', undefined],
    ]);
    expect(found.commits[1].title.length).toBeLessThanOrEqual(200);
    expect(host.requests).toEqual(['GET /repos/acme/demo-api/compare/1111111...2222222']);
  });

  it('tells how many there are where the host tells no more of them', async () => {
    answer = { ...answer, total_commits: 400, behind_by: 3 };
    const found = await comparer.compare('demo-api', 'v1', 'v2');
    expect(found).toMatchObject({ total: 400, missing: 3 });
  });

  it.each<[string, () => void, string, string]>([
    ['no repository is named', () => {}, 'other', 'which repository other is built from'],
    ['its host is not set up', () => {}, 'elsewhere', 'may not read the repository'],
    ['it knows no such version', () => (answer = undefined), 'demo-api', 'does not know both'],
    [
      'its host fails',
      () => (host.fault = { fault: { kind: 'status', status: 500 } }),
      'demo-api',
      'does not answer (server-error)',
    ],
    [
      'its host says something else',
      () => (answer = { message: 'ok' }),
      'demo-api',
      'does not answer (bad-answer)',
    ],
  ])('says so when %s', async (_, change, service, text) => {
    change();
    const found = await comparer.compare(service, 'v1', 'v2');
    expect(found).toMatchObject({ unavailable: expect.stringContaining(text) });
    expect(JSON.stringify(found)).not.toContain(host.url);
  });

  it('leads to no other address than a comparison', async () => {
    await comparer.compare('demo-api', '..', '../../secrets');
    expect(host.requests).toEqual(['GET /repos/acme/demo-api/compare/.......%2F..%2Fsecrets']);
  });
});
