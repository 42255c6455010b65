import { pullRequestFacts } from './pullRequestFacts';

it.each([
  ['GitHub', 'Merge pull request #12 from acme/bump\n\nBump demo-api', 12, 'Bump demo-api'],
  ['Gitea', "Merge pull request 'Bump it' (#7) from bump into main", 7, 'Bump it'],
  ['Bitbucket Cloud', 'Merged in bump (pull request #3)\n\nBump', 3, 'Bump'],
  ['Bitbucket Data Center', 'Pull request #9: Bump', 9, 'Bump'],
  ['Azure DevOps', 'Merged PR 41: Bump', 41, 'Bump'],
  [
    'GitLab',
    "Merge branch 'x' into 'main'\n\nBump\n\nSee merge request acme/platform!5",
    5,
    'Bump',
  ],
])('reads the merge commit of %s', (_, message, number, title) => {
  expect(pullRequestFacts(message, 'Ada')).toEqual({ number, title });
});

it('reads a squashed pull request when the host has made the commit', () => {
  expect(pullRequestFacts('Bump demo-api (#12)\n\n* one', 'GitHub')).toEqual({
    number: 12,
    title: 'Bump demo-api',
  });
});

it.each([
  ['an issue that a person names', 'Fix the tag (#12)', 'Ada'],
  ['an issue that nobody known names', 'Fix the tag (#12)', undefined],
  ['an issue in the middle', 'Fix (#12) again', 'GitHub'],
  ['a number that is none', 'Fix (#012)', 'GitHub'],
  ['a number that is too large', 'Fix (#99999999999)', 'GitHub'],
  ['a merge of branches', "Merge branch 'main' into bump", 'GitHub'],
  ['nothing', '', 'GitHub'],
])('takes %s for none', (_, message, committer) => {
  expect(pullRequestFacts(message, committer)).toBeUndefined();
});
