import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { readGitopsConfig } from '@internal/gitops';
import { createGithubClient } from '../desired/createGithubClient';
import { DesiredIndex } from '../desired/DesiredIndex';
import type { FakeGithub } from './FakeGithub';

/** Starts the index of a fake repository; with `settings` of `tenantReleases.gitops`, of which the poll is hourly. */
export function startDesiredIndex(github: FakeGithub, settings: object = {}) {
  const config = new ConfigReader({
    integrations: {
      github: [{ host: 'git.example.com', apiBaseUrl: github.url, token: 'git-token' }],
    },
    tenantReleases: {
      gitops: {
        repository: 'https://git.example.com/acme/platform',
        pollSeconds: 3600,
        ...settings,
      },
    },
  });
  const gitops = readGitopsConfig(config);
  const logger = mockServices.logger.mock();
  const api = createGithubClient(config, gitops, ['charts/tenant']);
  const index = new DesiredIndex({ api, gitops, service: 'demo-api', logger });
  index.start();
  return { index, api, logger };
}
