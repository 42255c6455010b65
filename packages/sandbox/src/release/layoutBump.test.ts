import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runGitops } from '@internal/gitops-cli';
import { personalToken } from '../forge';
import {
  authorOf,
  git,
  platformFiles,
  startTestForge,
  type TestForge,
} from '../forge/__testUtils__/testForge';

// Real Git, on a machine that may be busy.
jest.setTimeout(60_000);

const example = path.resolve(__dirname, '../../../../examples/kustomize-overlays');
const overlay = 'overlays/acme/kustomization.yaml';

let forge: TestForge;
let files: Record<string, string>;

beforeEach(async () => {
  const names = readdirSync(example, { recursive: true, withFileTypes: true });
  files = Object.fromEntries(
    names
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .map(file => [path.relative(example, file), readFileSync(file, 'utf8')]),
  );
  const none = Object.fromEntries(Object.keys(platformFiles).map(file => [file, null]));
  forge = await startTestForge({
    seed: seeded =>
      seeded.commitFiles({
        repository: 'platform',
        branch: 'main',
        files: { ...none, ...files },
        message: 'Another layout',
        author: authorOf('ada'),
      }),
  });
  const layouts = { layouts: [{ preset: 'kustomize-overlays', path: 'overlays/{tenant}' }] };
  writeFileSync(path.join(forge.settings.stateDir, 'layouts.json'), JSON.stringify(layouts));
});
afterEach(() => forge.close());

async function bump(version: string, ...more: string[]) {
  const ran = { out: '', err: '' };
  const choice = ['--tenant', 'acme', '--service', 'web', '--version', version, '--open-pr'];
  // A folder that is no checkout: what counts is at the host.
  const code = await runGitops(
    ['bump', '--layouts', 'layouts.json', ...choice, '--output', 'json', ...more],
    {
      directory: forge.settings.stateDir,
      env: {
        GITHUB_TOKEN: personalToken('github-actions[bot]'),
        GITHUB_API_URL: `${forge.url}/api/v3`,
        GITHUB_REPOSITORY: 'acme/platform',
        GITHUB_ACTOR: 'ada',
        GITHUB_ACTOR_ID: '7',
        GITHUB_ACTIONS: 'true',
      },
      now: () => new Date(),
      write: text => {
        ran.out += text;
      },
      warn: text => {
        ran.err += text;
      },
    },
  );
  return { code, err: ran.err, ...JSON.parse(ran.out || '{}') };
}

it('opens a pull request that changes the line where the version stands, once', async () => {
  expect(await bump('20260115', '--dry-run')).toMatchObject({
    code: 0,
    changes: [{ path: overlay }],
  });
  const first = await bump('20260115');
  const [pull] = first.pullRequests;
  expect(first).toMatchObject({ code: 0, changes: [{ path: overlay }] });
  expect(pull).toMatchObject({
    outcome: 'opened',
    branch: 'bump/web/release-acme',
    title: 'Bump web to 20260115 for acme',
  });
  const { rest } = forge.octokit();
  const number = { owner: 'acme', repo: 'platform', pull_number: pull.number };
  const changed = await rest.pulls.listFiles(number);
  expect(changed.data.map(file => [file.filename, file.additions, file.deletions])).toEqual([
    [overlay, 1, 1],
  ]);
  const { data: commits } = await rest.pulls.listCommits(number);
  expect(commits.map(({ commit }) => [commit.author?.email, commit.committer?.name])).toEqual([
    ['7+ada@users.noreply.github.com', 'github-actions[bot]'],
  ]);
  expect((await rest.pulls.get(number)).data.body).toContain(`\`${overlay}:`);

  expect((await bump('20260115')).pullRequests).toMatchObject([
    { outcome: 'unchanged', number: pull.number },
  ]);
  expect((await bump('20260116')).pullRequests).toMatchObject([
    { outcome: 'updated', number: pull.number, title: 'Bump web to 20260116 for acme' },
  ]);
  // What is there already leaves nothing to propose.
  expect((await bump('20260114')).pullRequests).toMatchObject([
    { outcome: 'closed', number: pull.number },
  ]);
  expect(await bump('20260114')).toMatchObject({ code: 0, changes: [] });
});

it('leaves what somebody else put on its branch', async () => {
  await bump('20260115');
  const clone = path.join(forge.settings.stateDir, 'clone');
  await git(forge.settings.stateDir, 'clone', '--quiet', `${forge.url}/acme/platform.git`, clone);
  await git(clone, 'checkout', '--quiet', 'bump/web/release-acme');
  writeFileSync(path.join(clone, 'README.md'), 'mine\n');
  await git(clone, 'add', '.');
  await git(clone, 'commit', '--quiet', '--message', 'Mine');
  const token = Buffer.from(`x:${personalToken('ada')}`).toString('base64');
  const header = `http.extraHeader=authorization: Basic ${token}`;
  await git(clone, '-c', header, 'push', '--quiet', 'origin', 'HEAD');
  expect(await bump('20260116')).toMatchObject({
    code: 1,
    pullRequests: [{ outcome: 'left-alone', reason: expect.stringContaining('somebody else') }],
  });
});

it('says in words what is missing', async () => {
  expect(await bump('20260115', '--base', 'nowhere')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--base nowhere: the repository has no such branch'),
  });
  expect(await bump('20260115', '--repository', 'acme/nothing')).toMatchObject({
    code: 1,
    err: expect.stringContaining('acme/nothing is not there, or GITHUB_TOKEN may not see it'),
  });
  expect(await bump('20260115', '--signing-key', 'no-key')).toMatchObject({
    code: 1,
    err: expect.stringContaining('see whether the ssh key is there'),
  });
});
