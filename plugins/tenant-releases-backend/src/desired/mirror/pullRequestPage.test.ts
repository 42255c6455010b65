import type { GitHostKind } from '@internal/plugin-tenant-releases-node';
import { commitPage, pullRequestPage } from './pullRequestPage';

it.each<[GitHostKind, string, string]>([
  ['github', 'commit/abc', 'pull/7'],
  ['gitea', 'commit/abc', 'pulls/7'],
  ['azure', 'commit/abc', 'pullrequest/7'],
  ['gitlab', '-/commit/abc', '-/merge_requests/7'],
  ['bitbucketCloud', 'commits/abc', 'pull-requests/7'],
  ['bitbucketServer', 'commits/abc', 'pull-requests/7'],
])('names the pages of a host of kind %s', (kind, commit, pull) => {
  const repository = 'https://git.example.com/acme/platform';
  expect(commitPage(repository, kind, 'abc')).toBe(`${repository}/${commit}`);
  expect(pullRequestPage(repository, kind, 7)).toBe(`${repository}/${pull}`);
});
