import { authorOf, startTestForge, type TestForge } from '../__testUtils__/testForge';
import { githubLimits } from '../limits';
import { secondaryLimit } from './secondaryLimit';

const repo = { owner: 'acme', repo: 'platform' };
const files = Object.fromEntries(
  Array.from({ length: 3_001 }, (_, index) => [`many/${index}.txt`, `${index}\n`]),
);
const change = { repository: 'platform', message: 'Change', author: authorOf('lin') };
const first = (count: number) => Object.fromEntries(Object.entries(files).slice(0, count));

describe('how much is answered', () => {
  let forge: TestForge;
  beforeAll(async () => {
    forge = await startTestForge({
      settings: { forgeLimits: { treeEntries: 3_010 } },
      seed: async seeded => {
        for (const [branch, count] of Object.entries({ most: 3_001, some: 300, more: 301 })) {
          await seeded.commitFiles({ ...change, branch, files: first(count) });
        }
      },
    });
  }, 60_000);
  afterAll(() => forge.close());

  it('compares 300 files, on the first page only', async () => {
    const compare = async (basehead: string, page = 1) =>
      (await forge.octokit().rest.repos.compareCommitsWithBasehead({ ...repo, basehead, page }))
        .data;
    expect((await compare('main...some')).files).toHaveLength(300);
    expect((await compare('main...most')).files).toHaveLength(300);
    const second = await compare('main...most', 2);
    expect(second.files).toEqual([]);
    expect(second.merge_base_commit.sha).toBe((await compare('main...main')).base_commit.sha);
  });

  it('lists the files of a commit by 300, and of a pull request 3,000', async () => {
    const octokit = forge.octokit();
    const commit = async (page: number) =>
      (await octokit.rest.repos.getCommit({ ...repo, ref: 'most', page })).data.files;
    expect(await commit(1)).toHaveLength(300);
    expect(await commit(10)).toHaveLength(300);
    expect(await commit(11)).toHaveLength(0);
    const pull = { ...repo, title: 'Most', head: 'most', base: 'main' };
    const { data } = await octokit.rest.pulls.create(pull);
    expect(data.changed_files).toBe(3_001);
    const listed = await octokit.paginate(octokit.rest.pulls.listFiles, {
      ...repo,
      pull_number: data.number,
      per_page: 100,
    });
    expect(listed).toHaveLength(3_000);
  }, 60_000);

  it('refuses a change of more than 300 files as text', async () => {
    const octokit = forge.octokit();
    const diff = async (head: string) => {
      const { data } = await octokit.rest.pulls.create({
        ...repo,
        title: head,
        head,
        base: 'main',
      });
      return octokit.rest.pulls.get({
        ...repo,
        pull_number: data.number,
        mediaType: { format: 'diff' },
      });
    };
    expect((await diff('some')).status).toBe(200);
    await expect(diff('more')).rejects.toMatchObject({
      status: 406,
      response: {
        data: {
          message: expect.stringMatching(
            /^Sorry, the diff exceeded the maximum number of files \(300\)/,
          ),
          errors: [{ resource: 'PullRequest', field: 'diff', code: 'too_large' }],
        },
      },
    });
  });

  it('cuts a tree with its folders, and says so', async () => {
    const tree = async (tree_sha: string) =>
      (await forge.octokit().rest.git.getTree({ ...repo, tree_sha, recursive: '1' })).data;
    expect(await tree('some')).toMatchObject({ truncated: false });
    // 3,001 files, those of the first commit and their folders.
    const whole = await tree('most');
    expect({ ...whole, tree: whole.tree.length }).toMatchObject({ truncated: false, tree: 3_007 });
  });
});

describe('a tree that is larger than an answer', () => {
  it.each([{ treeEntries: 3 }, { treeBytes: 500 }])('is cut: %j', async forgeLimits => {
    const forge = await startTestForge({ settings: { forgeLimits } });
    try {
      const { data } = await forge
        .octokit()
        .rest.git.getTree({ ...repo, tree_sha: 'main', recursive: '1' });
      expect(data.truncated).toBe(true);
      expect(data.tree.length).toBeLessThan(5);
    } finally {
      await forge.close();
    }
  });
});

describe('how much is taken', () => {
  it('refuses an account that changes too much, and nobody else', async () => {
    const forge = await startTestForge({ settings: { forgeLimits: { writesPerMinute: 2 } } });
    try {
      const write = (token?: string) =>
        forge.octokit(token).rest.git.createBlob({ ...repo, content: 'x' });
      await write();
      await write();
      await expect(write()).rejects.toMatchObject({
        status: 403,
        message: expect.stringContaining('secondary rate limit'),
        response: { headers: { 'retry-after': expect.stringMatching(/^(59|60)$/) } },
      });
      expect((await write('sandbox-forge-ada')).status).toBe(201);
      expect((await forge.octokit().rest.repos.get(repo)).status).toBe(200);
    } finally {
      await forge.close();
    }
  });

  it('takes 80 changes a minute and 500 an hour', () => {
    let clock = 0;
    let taken = 0;
    const limit = secondaryLimit(githubLimits, () => clock);
    const answer = { locals: { login: 'ada' }, set: jest.fn(), status: () => ({ json: () => {} }) };
    const post = () =>
      limit({ method: 'POST', path: '/v3' } as any, answer as any, () => (taken += 1));
    for (let call = 0; call < 100; call += 1) post();
    expect(taken).toBe(80);
    expect(answer.set).toHaveBeenLastCalledWith('Retry-After', '60');
    for (clock = 60_000; clock < 3_600_000; clock += 1_000) post();
    expect(taken).toBe(500);
    clock = 3_600_000;
    post();
    expect(taken).toBe(501);
  });
});
