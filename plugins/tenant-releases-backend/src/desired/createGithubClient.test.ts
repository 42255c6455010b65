import { ConfigReader } from '@backstage/config';
import { readGitopsConfig } from '@internal/plugin-tenant-releases-common';
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
    expect(github.requests).toEqual(['GET /repos/acme/platform/commits/main']);
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

  it('does not blame the configuration for a host that is away', async () => {
    const { api, gitops } = open({ host, apiBaseUrl: github.url, token: 'git-token' });
    await github.stop();
    await expect(checkRepository(api, gitops)).resolves.toBeUndefined();
  });
});
