import { pullRequestFacts } from './pullRequestFacts';

const commit = (message: string, committer = 'GitHub', parents = 1) => ({
  message,
  committer: { name: committer, email: 'x@example.com' },
  parents: Array.from({ length: parents }, (_, index) => String(index)),
});

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
  expect(pullRequestFacts(commit(message, 'Ada', 2))).toEqual({ number, title, isMerge: true });
});

it('reads a squashed pull request when the host has made the commit', () => {
  expect(pullRequestFacts(commit('Bump demo-api (#12)\n\n* one'))).toEqual({
    number: 12,
    title: 'Bump demo-api',
    isMerge: false,
  });
});

it.each([
  ['an issue that a person names', commit('Fix the tag (#12)', 'Ada')],
  ['an issue in the middle', commit('Fix (#12) again')],
  ['a number that is none', commit('Fix (#012)')],
  ['a number that is too large', commit('Fix (#99999999999)')],
  ['a merge of branches', commit("Merge branch 'main' into bump", 'GitHub', 2)],
  ['nothing', commit('')],
])('takes %s for none', (_, one) => {
  expect(pullRequestFacts(one)).toBeUndefined();
});
