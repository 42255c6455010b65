import { ConfigReader } from '@backstage/config';
import { readGitopsConfig } from '@internal/gitops';
import { FakeGithub } from '../__testUtils__/FakeGithub';
import { checkRepository, createGithubClient } from './createGithubClient';

describe('createGithubClient', () => {
  let github: FakeGithub;

  beforeEach(async () => {
    github = await new FakeGithub().start();
    github.commit({ a: 'b' });
  });

  afterEach(() => github.stop());

  const open = (integration: object | undefined, settings: object = {}) => {
    const config = new ConfigReader({
      ...(integration ? { integrations: { github: [integration] } } : {}),
      tenantReleases: {
        gitops: { repository: 'https://git.example.com/acme/platform', ...settings },
      },
    });
    const gitops = readGitopsConfig(config);
    return { api: createGithubClient(config, gitops), gitops };
  };
  const host = 'git.example.com';

  it('reads with the credentials and the address of the integration', async () => {
    const { api, gitops } = open({ host, apiBaseUrl: github.url, token: 'git-token' });
    await expect(checkRepository(api, gitops)).resolves.toBeUndefined();
    expect(github.requests).toEqual(['GET /repos/acme/platform/commits?sha=main&per_page=1']);
  });

  it.each([
    [
      'no integration',
      undefined,
      /integrations\.github has no entry for host git\.example\.com .* add one/,
    ],
    [
      'no token',
      { host, apiBaseUrl: 'http://localhost' },
      /no token for host git\.example\.com; set one/,
    ],
    ['no API address', { host, token: 't' }, /no apiBaseUrl for host git\.example\.com; set it/],
  ])('refuses %s with key and cure', (_, integration, message) => {
    expect(() => open(integration)).toThrow(message);
  });

  it.each([
    ['a token that is refused', { token: 'wrong' }, {}, /the token .* is refused; set it/],
    ['a branch that is not there', {}, { branch: 'absent' }, /no branch "absent".*correct/],
  ])('says what is wrong with %s', async (_, more, settings, message) => {
    const integration = { host, apiBaseUrl: github.url, token: 'git-token', ...more };
    const { api, gitops } = open(integration, settings);
    const failure = await checkRepository(api, gitops).catch(error => error.message);
    expect(failure).toMatch(
      /^Configuration tenantReleases\.gitops\.repository https:\S+ cannot be read: /,
    );
    expect(failure).toMatch(message);
    expect(failure).not.toMatch(/wrong|git-token/);
  });

  it('says what to do about a repository without a commit', async () => {
    github.commits.length = 0;
    const { api, gitops } = open({ host, apiBaseUrl: github.url, token: 'git-token' });
    await expect(checkRepository(api, gitops)).rejects.toThrow(
      /platform cannot be read: it holds no commit yet; push the first one to branch "main"$/,
    );
  });

  it('is not stopped by a limit that only its message tells of', async () => {
    github.rewrite = () => ({ message: 'You have exceeded a secondary rate limit.' });
    github.fault = { fault: { kind: 'status', status: 403 } };
    const { api, gitops } = open({ host, apiBaseUrl: github.url, token: 'git-token' });
    await expect(checkRepository(api, gitops)).resolves.toBeUndefined();
  });

  it.each([
    ['production main', 8],
    ['production staging', 7],
    ['main production', 7],
  ])('of merged pull requests into %s finds %d', async (bases, number) => {
    const merged = bases.split(' ').map((ref, index) => ({
      number: 7 + index,
      html_url: `https://git.example.com/acme/platform/pull/${7 + index}`,
      title: ref,
      merged_at: '2026-01-01T00:00:00Z',
      base: { ref },
    }));
    const closed = { ...merged[0], number: 1, merged_at: null, base: { ref: 'main' } };
    github.rewrite = () => [closed, ...merged];
    const { api, gitops } = open({ host, apiBaseUrl: github.url, token: 'git-token' });
    const [{ sha }] = github.commits;
    expect(await api.pullRequestOf(sha, gitops.branch)).toMatchObject({ number });
  });

  it('does not blame the configuration for a host that is away', async () => {
    const { api, gitops } = open({ host, apiBaseUrl: github.url, token: 'git-token' });
    await github.stop();
    await expect(checkRepository(api, gitops)).resolves.toBeUndefined();
  });
});
