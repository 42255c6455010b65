import type { Octokit } from 'octokit';
import { authorOf, eventually, startTestForge, type TestForge } from '../__testUtils__/testForge';

type Merge = Octokit['rest']['pulls']['merge'];

const platform = { owner: 'acme', repo: 'platform' };
const valuesFile = 'gitops/tenants/tenant-a-values.yaml';

describe('the forge by octokit', () => {
  let forge: TestForge;
  beforeAll(async () => {
    forge = await startTestForge();
  });
  afterAll(() => forge.close());

  /** A branch of demo-api's repository with one file; that repository has no required check. */
  async function branch(name: string, content: string, repository = 'platform') {
    const { rest } = forge.octokit('sandbox-forge-otto');
    const where = { owner: 'acme', repo: repository };
    const main = await rest.git.getRef({ ...where, ref: 'heads/main' });
    await rest.git.createRef({ ...where, ref: `refs/heads/${name}`, sha: main.data.object.sha });
    const old = await rest.repos.getContent({ ...where, path: valuesFile, ref: name });
    const sha = 'sha' in old.data ? old.data.sha : undefined;
    const done = await rest.repos.createOrUpdateFileContents({
      ...where,
      path: valuesFile,
      branch: name,
      sha,
      message: `Change on ${name}`,
      content: Buffer.from(content).toString('base64'),
    });
    return done.data.commit.sha ?? '';
  }

  /** Merges as soon as the required check has ended. */
  async function mergeWhenChecked(request: Parameters<Merge>[0]) {
    return eventually(() =>
      forge
        .octokit('sandbox-forge-otto')
        .rest.pulls.merge(request)
        .catch((error: Error) => {
          if (!/is (in progress|expected)/.test(error.message)) {
            throw error;
          }
          return undefined;
        }),
    );
  }

  it('opens, lists, shows and merges a pull request', async () => {
    const { rest } = forge.octokit('sandbox-forge-otto');
    const head = await branch(
      'bump/one',
      'tenant:\n  name: tenant-a\nimage:\n  tag: sha-2222222\n',
    );
    const opened = await rest.pulls.create({
      ...platform,
      title: 'bump demo-api',
      body: 'text',
      head: 'acme:bump/one',
      base: 'main',
    });
    expect(opened.status).toBe(201);
    expect(opened.data).toMatchObject({
      state: 'open',
      user: { login: 'otto' },
      head: { ref: 'bump/one', sha: head, label: 'acme:bump/one' },
      base: { ref: 'main', repo: { full_name: 'acme/platform' } },
      html_url: `${forge.url}/acme/platform/pull/${opened.data.number}`,
    });
    const number = { ...platform, pull_number: opened.data.number };

    const listed = await rest.pulls.list({ ...platform, state: 'open', head: 'acme:bump/one' });
    expect(listed.data.map(pull => pull.number)).toEqual([opened.data.number]);
    const none = await rest.pulls.list({ ...platform, base: 'other' });
    expect(none.data).toEqual([]);

    const files = await rest.pulls.listFiles(number);
    expect(files.data).toEqual([
      expect.objectContaining({
        filename: valuesFile,
        status: 'modified',
        additions: 1,
        deletions: 2,
      }),
    ]);
    expect(files.data[0].patch).toContain('+  tag: sha-2222222');
    const commits = await rest.pulls.listCommits(number);
    expect(commits.data.map(commit => commit.sha)).toEqual([head]);

    const merged = await mergeWhenChecked(number);
    const pull = await rest.pulls.get(number);
    expect(pull.data).toMatchObject({
      state: 'closed',
      merged: true,
      merged_by: { login: 'otto' },
      merge_commit_sha: merged.data.sha,
      commits: 1,
      changed_files: 1,
    });

    const tip = await rest.repos.getCommit({ ...platform, ref: 'main' });
    expect(tip.data.sha).toBe(merged.data.sha);
    expect(tip.data.commit.message).toBe(
      `Merge pull request #${number.pull_number} from acme/bump/one\n\nbump demo-api`,
    );
    const history = await rest.repos.listCommits({ ...platform, path: valuesFile });
    expect(history.data[0]).toMatchObject({ sha: head, author: { login: 'otto' } });
    for (const sha of [head, merged.data.sha]) {
      const { data } = await rest.repos.listPullRequestsAssociatedWithCommit({
        ...platform,
        commit_sha: sha,
      });
      expect(data.map(one => one.number)).toEqual([number.pull_number]);
    }
    await expect(rest.pulls.merge(number)).rejects.toMatchObject({ status: 405 });
  });

  it('refuses to merge a conflict, and a head that the caller has not seen', async () => {
    const { rest } = forge.octokit();
    const head = await branch('conflict/one', 'tenant:\n  name: tenant-a\nfirst: 1\n');
    await branch('conflict/two', 'tenant:\n  name: tenant-a\nsecond: 2\n');
    const one = await rest.pulls.create({
      ...platform,
      title: 'one',
      head: 'conflict/one',
      base: 'main',
    });
    const two = await rest.pulls.create({
      ...platform,
      title: 'two',
      head: 'conflict/two',
      base: 'main',
    });
    await expect(
      rest.pulls.merge({ ...platform, pull_number: one.data.number, sha: '0'.repeat(40) }),
    ).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('Head branch was modified'),
    });
    await mergeWhenChecked({ ...platform, pull_number: one.data.number });
    const after = await rest.pulls.get({ ...platform, pull_number: two.data.number });
    expect(after.data).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
    await expect(
      rest.pulls.merge({ ...platform, pull_number: two.data.number }),
    ).rejects.toMatchObject({
      status: 405,
      message: expect.stringContaining('Pull Request is not mergeable'),
    });
    const main = await rest.repos.compareCommitsWithBasehead({
      ...platform,
      basehead: `${head}...main`,
    });
    expect(main.data).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0, files: [] });
  });

  it('squashes under the title of the pull request', async () => {
    const { rest } = forge.octokit();
    const main = await rest.git.getRef({ ...platform, ref: 'heads/main' });
    await branch('squash', 'tenant:\n  name: tenant-a\nsquashed: true\n');
    const { data } = await rest.pulls.create({
      ...platform,
      title: 'In one',
      head: 'squash',
      base: 'main',
    });
    await mergeWhenChecked({ ...platform, pull_number: data.number, merge_method: 'squash' });
    const tip = await rest.repos.getCommit({ ...platform, ref: 'main' });
    expect(tip.data.commit.message).toBe(`In one (#${data.number})`);
    expect(tip.data.parents.map(parent => parent.sha)).toEqual([main.data.object.sha]);
  });

  it('refuses a second pull request from a branch, one without changes and unknown branches', async () => {
    const { rest } = forge.octokit();
    await branch('twice', 'tenant:\n  name: tenant-a\ntwice: true\n');
    await rest.pulls.create({ ...platform, title: 'x', head: 'twice', base: 'main' });
    const create = (head: string, base = 'main') =>
      rest.pulls.create({ ...platform, title: 'x', head, base });
    await expect(create('acme:twice')).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('A pull request already exists for acme:twice.'),
    });
    await expect(create('main')).rejects.toMatchObject({ status: 422 });
    await expect(create('nothing')).rejects.toMatchObject({ status: 422 });
    await expect(create('twice', '../etc')).rejects.toMatchObject({ status: 422 });
    await expect(create('somebody:twice')).rejects.toMatchObject({ status: 422 });
  });

  it('pages through commits with a Link header', async () => {
    const octokit = forge.octokit();
    const all = await octokit.paginate(octokit.rest.repos.listCommits, {
      ...platform,
      per_page: 2,
    });
    const { data } = await octokit.rest.repos.listCommits({ ...platform, per_page: 100 });
    expect(all.length).toBeGreaterThan(3);
    expect(all.map(commit => commit.sha)).toEqual(data.map(commit => commit.sha));
  });

  it('follows a branch: a push updates the pull request, its removal closes it', async () => {
    const { rest } = forge.octokit();
    await branch('follow', 'tenant:\n  name: tenant-a\nfollow: 1\n');
    const { data } = await rest.pulls.create({
      ...platform,
      title: 'x',
      head: 'follow',
      base: 'main',
    });
    const number = { ...platform, pull_number: data.number };
    const added = await rest.repos.createOrUpdateFileContents({
      ...platform,
      path: 'docs/a b/ü.md',
      branch: 'follow',
      message: 'Add',
      content: Buffer.from('text').toString('base64'),
    });
    expect(added.status).toBe(201);
    expect((await rest.pulls.get(number)).data.head.sha).toBe(added.data.commit.sha);
    const read = await rest.repos.getContent({ ...platform, path: 'docs/a b/ü.md', ref: 'follow' });
    expect(read.data).toMatchObject({ path: 'docs/a b/ü.md', type: 'file', size: 4 });
    await rest.git.deleteRef({ ...platform, ref: 'heads/follow' });
    expect((await rest.pulls.get(number)).data).toMatchObject({ state: 'closed', merged: false });
    await expect(rest.pulls.update({ ...number, state: 'open' })).rejects.toMatchObject({
      status: 422,
    });
  });

  it('closes and opens a pull request again', async () => {
    const { rest } = forge.octokit();
    await branch('again', 'tenant:\n  name: tenant-a\nagain: 1\n');
    const { data } = await rest.pulls.create({
      ...platform,
      title: 'x',
      head: 'again',
      base: 'main',
    });
    const number = { ...platform, pull_number: data.number };
    expect((await rest.pulls.update({ ...number, state: 'closed' })).data.state).toBe('closed');
    expect((await rest.pulls.update({ ...number, state: 'open', title: 'y' })).data).toMatchObject({
      state: 'open',
      title: 'y',
    });
  });

  it('keeps check runs and statuses of a commit', async () => {
    const { rest } = forge.octokit('sandbox-forge-github-actions[bot]');
    const sha = await branch('checked', 'tenant:\n  name: tenant-a\nchecked: 1\n');
    const run = await rest.checks.create({ ...platform, name: 'lint', head_sha: sha });
    expect(run.data.status).toBe('queued');
    await rest.checks.update({
      ...platform,
      check_run_id: run.data.id,
      conclusion: 'success',
      output: { title: 'fine', summary: 'all good' },
    });
    const { data } = await rest.checks.listForRef({ ...platform, ref: 'checked' });
    expect(data.check_runs).toEqual([
      expect.objectContaining({ name: 'lint', status: 'completed', conclusion: 'success' }),
    ]);
    await rest.repos.createCommitStatus({ ...platform, sha, state: 'failure', context: 'ci' });
    await rest.repos.createCommitStatus({ ...platform, sha, state: 'success', context: 'ci' });
    const combined = await rest.repos.getCombinedStatusForRef({ ...platform, ref: 'checked' });
    expect(combined.data).toMatchObject({ state: 'success', total_count: 1, sha });
  });

  it('keeps labels, comments, assignees and reviews', async () => {
    const { rest } = forge.octokit('sandbox-forge-dev');
    await branch('talk', 'tenant:\n  name: tenant-a\ntalk: 1\n');
    const { data } = await rest.pulls.create({
      ...platform,
      title: 'x',
      head: 'talk',
      base: 'main',
    });
    const issue = { ...platform, issue_number: data.number };
    const number = { ...platform, pull_number: data.number };
    await rest.issues.addLabels({ ...issue, labels: ['bump', 'tenant-a'] });
    await rest.issues.addAssignees({ ...issue, assignees: ['ada', 'nobody'] });
    await rest.issues.createComment({ ...issue, body: 'hello' });
    await rest.pulls.requestReviewers({ ...number, reviewers: ['ada'] });
    await expect(rest.pulls.createReview({ ...number, event: 'APPROVE' })).rejects.toMatchObject({
      status: 422,
    });
    await forge
      .octokit('sandbox-forge-ada')
      .rest.pulls.createReview({ ...number, event: 'APPROVE' });
    const { data: pull } = await rest.pulls.get(number);
    expect(pull.labels.map(label => label.name)).toEqual(['bump', 'tenant-a']);
    expect(pull.assignees?.map(user => user.login)).toEqual(['ada']);
    expect(pull.comments).toBe(1);
    const reviews = await rest.pulls.listReviews(number);
    expect(reviews.data).toEqual([
      expect.objectContaining({ state: 'APPROVED', commit_id: pull.head.sha }),
    ]);
  });

  it('writes trees with files removed and folders put in, and refuses what is not a path', async () => {
    const { rest } = forge.octokit();
    const main = await rest.repos.getCommit({ ...platform, ref: 'main' });
    const base = main.data.commit.tree.sha;
    const folder = await rest.git.createTree({
      ...platform,
      tree: [{ path: 'x.txt', mode: '100644', content: 'x' }],
    });
    const tree = await rest.git.createTree({
      ...platform,
      base_tree: base,
      tree: [
        { path: 'README.md', mode: '100644', sha: null },
        { path: 'copy', mode: '040000', sha: folder.data.sha },
        { path: 'run.sh', mode: '100755', content: '#!/bin/sh\n' },
      ],
    });
    const { data } = await rest.git.getTree({
      ...platform,
      tree_sha: tree.data.sha,
      recursive: '1',
    });
    const paths = data.tree.map(entry => `${entry.mode} ${entry.path}`);
    expect(paths).toContain('100644 copy/x.txt');
    expect(paths).toContain('100755 run.sh');
    expect(paths.join()).not.toContain('README.md');
    for (const path of ['../x', '/x', 'a/../b', '.git/config', 'a//b', 'a\nb', '']) {
      const bad = [{ path, mode: '100644' as const, content: 'x' }];
      const asked = rest.git.createTree({ ...platform, base_tree: base, tree: bad });
      await expect(asked).rejects.toMatchObject({ status: 422 });
    }
    const commit = await rest.git.createCommit({
      ...platform,
      message: 'By somebody else, then',
      tree: tree.data.sha,
      parents: [main.data.sha],
      author: { ...authorOf('lin'), date: '2026-02-03T04:05:06Z' },
    });
    expect(commit.data.author).toEqual({ ...authorOf('lin'), date: '2026-02-03T04:05:06Z' });
    await expect(
      rest.git.updateRef({ ...platform, ref: 'heads/main', sha: folder.data.sha }),
    ).rejects.toMatchObject({ status: 422 });
  });
});
