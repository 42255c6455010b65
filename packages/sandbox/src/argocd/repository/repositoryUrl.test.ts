import { normalizeRepositoryUrl, resolveRepositoryUrl } from './repositoryUrl';

describe('resolveRepositoryUrl', () => {
  const forge = 'http://localhost:9101';
  it.each([
    ['http://localhost:7101/acme/platform.git', 'http://localhost:9101/acme/platform.git'],
    ['http://127.0.0.1:7101/acme/platform', 'http://localhost:9101/acme/platform.git'],
    ['http://localhost:9101/acme/platform/', 'http://localhost:9101/acme/platform.git'],
    ['https://github.com/acme/platform.git', 'https://github.com/acme/platform.git'],
    ['file:///srv/git/platform.git', 'file:///srv/git/platform.git'],
    ['git@github.com:acme/platform.git', 'git@github.com:acme/platform.git'],
  ])('%s is fetched from %s', (repoUrl, expected) => {
    expect(resolveRepositoryUrl(repoUrl, forge)).toBe(expected);
  });
});

describe('normalizeRepositoryUrl', () => {
  it.each([
    ['https://GitHub.com/Acme/Platform.git', 'https://github.com/acme/platform'],
    ['https://github.com/acme/platform/', 'https://github.com/acme/platform'],
  ])('%s compares as %s', (repoUrl, expected) => {
    expect(normalizeRepositoryUrl(repoUrl)).toBe(expected);
  });
});
