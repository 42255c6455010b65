import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { DefaultGithubCredentialsProvider, ScmIntegrations } from '@backstage/integration';
import { createPublishGithubPullRequestAction } from '@backstage/plugin-scaffolder-backend-module-github';
import { startTestForge, type TestForge } from '../__testUtils__/testForge';

type Action = ReturnType<typeof createPublishGithubPullRequestAction>;
type Context = Parameters<Action['handler']>[0];

const platform = { owner: 'acme', repo: 'platform' };

describe("the scaffolder's publish:github:pull-request on the forge", () => {
  let forge: TestForge;
  let workspace: string;
  beforeAll(async () => {
    forge = await startTestForge();
    workspace = await mkdtemp(path.join(tmpdir(), 'forge-scaffolder-'));
  });
  afterAll(async () => {
    await forge.close();
    await rm(workspace, { recursive: true, force: true });
  });

  /** Runs the action as the scaffolder does; returns what it puts out. */
  async function publish(files: Record<string, string>, input: Partial<Context['input']> = {}) {
    await rm(workspace, { recursive: true, force: true });
    for (const [file, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(workspace, file)), { recursive: true });
      await writeFile(path.join(workspace, file), content);
    }
    const { host } = new URL(forge.url);
    const config = mockServices.rootConfig({
      data: {
        integrations: {
          github: [{ host, apiBaseUrl: `${forge.url}/api/v3`, token: forge.settings.tokens.forge }],
        },
      },
    });
    const integrations = ScmIntegrations.fromConfig(config);
    const action = createPublishGithubPullRequestAction({
      integrations,
      githubCredentialsProvider: DefaultGithubCredentialsProvider.fromIntegrations(integrations),
      config,
    });
    const output: Record<string, unknown> = {};
    const context = {
      input: {
        repoUrl: `${host}?owner=acme&repo=platform`,
        branchName: 'onboard/tenant-c',
        title: 'Onboard tenant-c',
        description: 'Three new files.',
        ...input,
      },
      workspacePath: workspace,
      logger: mockServices.logger.mock(),
      output: (name: string, value: unknown) => {
        output[name] = value;
      },
      checkpoint: ({ fn }: { fn: () => Promise<unknown> }) => fn(),
    };
    await action.handler(context as unknown as Context);
    return output;
  }

  const files = {
    'gitops/tenants/tenant-c-values.yaml': 'tenant:\n  name: tenant-c\n',
    'gitops/apps/tenant-c.yaml': 'kind: Application\n',
    'gitops/projects/tenant-c.yaml': 'kind: AppProject\n',
  };

  it('opens a pull request with exactly the files, updates it, and refuses a second one', async () => {
    const { rest } = forge.octokit();
    const output = await publish(files, {
      gitAuthorName: 'Ada Okafor',
      gitAuthorEmail: 'ada@acme.example',
      assignees: ['ada'],
      reviewers: ['otto'],
    });
    expect(output).toEqual({
      targetBranchName: 'main',
      remoteUrl: `${forge.url}/acme/platform/pull/1`,
      pullRequestNumber: 1,
    });
    const number = { ...platform, pull_number: 1 };
    const { data: pull } = await rest.pulls.get(number);
    expect(pull).toMatchObject({
      title: 'Onboard tenant-c',
      body: 'Three new files.',
      user: { login: 'portal-bot' },
      assignees: [{ login: 'ada' }],
      requested_reviewers: [{ login: 'otto' }],
    });
    const { data: changed } = await rest.pulls.listFiles(number);
    expect(changed.map(file => `${file.status} ${file.filename}`)).toEqual(
      Object.keys(files)
        .sort()
        .map(file => `added ${file}`),
    );
    const { data: commits } = await rest.pulls.listCommits(number);
    expect(commits[0].author?.login).toBe('ada');

    await expect(publish(files)).rejects.toThrow(/already exists/);

    const more = {
      ...files,
      'gitops/tenants/tenant-c-values.yaml': 'tenant:\n  name: tenant-c\nmore: 1\n',
    };
    const again = await publish(more, { update: true, title: 'Onboard tenant-c, again' });
    expect(again.pullRequestNumber).toBe(1);
    const { data: updated } = await rest.pulls.get(number);
    expect(updated.title).toBe('Onboard tenant-c, again');
    expect(updated.head.sha).not.toBe(pull.head.sha);
    const { data: after } = await rest.pulls.listFiles(number);
    expect(after[2].patch).toContain('+more: 1');
  });

  it('removes files', async () => {
    const output = await publish(
      {},
      {
        branchName: 'offboard/tenant-b',
        title: 'Offboard tenant-b',
        filesToDelete: ['gitops/tenants/tenant-b-values.yaml', 'not/there.yaml'],
      },
    );
    const { data } = await forge
      .octokit()
      .rest.pulls.listFiles({ ...platform, pull_number: Number(output.pullRequestNumber) });
    expect(data.map(file => `${file.status} ${file.filename}`)).toEqual([
      'removed gitops/tenants/tenant-b-values.yaml',
    ]);
  });

  it('leaves nothing behind when the branch name is not one', async () => {
    const before = await forge.octokit().rest.repos.listBranches(platform);
    for (const branchName of ['a..b', 'a b', '-x', 'x.lock', 'a~1']) {
      await expect(publish(files, { branchName })).rejects.toThrow();
    }
    const after = await forge.octokit().rest.repos.listBranches(platform);
    expect(after.data).toEqual(before.data);
  });
});
