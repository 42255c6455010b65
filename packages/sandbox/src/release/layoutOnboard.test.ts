import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runGitops } from '@internal/gitops-cli';
import { personalToken } from '../forge';
import {
  authorOf,
  platformFiles,
  startTestForge,
  type TestForge,
} from '../forge/__testUtils__/testForge';

// Real Git, on a machine that may be busy.
jest.setTimeout(60_000);

const example = path.resolve(__dirname, '../../../../examples/environment-folders');

let forge: TestForge;

beforeEach(async () => {
  const files = Object.fromEntries(
    readdirSync(example, { recursive: true, withFileTypes: true })
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
  const layouts = { layouts: [{ preset: 'environment-folders' }] };
  writeFileSync(path.join(forge.settings.stateDir, 'layouts.json'), JSON.stringify(layouts));
});
afterEach(() => forge.close());

async function onboard(...more: string[]) {
  const ran = { out: '', err: '' };
  const tenant = ['--tenant', 'charlie', '--from', 'acme', '--service', 'demo-api'];
  const code = await runGitops(
    ['onboard', '--layouts', 'layouts.json', ...tenant, '--open-pr', '--output', 'json', ...more],
    {
      directory: forge.settings.stateDir,
      env: {
        GITHUB_TOKEN: personalToken('github-actions[bot]'),
        GITHUB_API_URL: `${forge.url}/api/v3`,
        GITHUB_REPOSITORY: 'acme/platform',
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

it('opens a pull request with the new files, leaves it alone when it says the same, and updates it', async () => {
  const first = await onboard('--version', '2.0.0', '--environment', 'staging');
  expect(first).toMatchObject({ code: 0, err: '' });
  const [pull] = first.pullRequests;
  expect(pull).toMatchObject({
    outcome: 'opened',
    branch: expect.stringMatching(/^onboarding\/charlie-demo-api-staging-[0-9a-f]{8}$/),
    title: 'Onboard charlie (staging) with demo-api 2.0.0',
  });
  const { rest } = forge.octokit();
  const number = { owner: 'acme', repo: 'platform', pull_number: pull.number };
  const changed = await rest.pulls.listFiles(number);
  expect(changed.data.map(({ filename, status }) => [filename, status])).toEqual([
    ['argocd/charlie-staging.yaml', 'added'],
    ['environments/staging/charlie.yaml', 'added'],
  ]);
  expect((await rest.pulls.get(number)).data.body).toContain('`charlie-staging`');
  expect(
    (await onboard('--version', '2.0.0', '--environment', 'staging')).pullRequests,
  ).toMatchObject([{ outcome: 'unchanged', number: pull.number }]);
  expect(
    (await onboard('--version', '2.0.1', '--environment', 'staging')).pullRequests,
  ).toMatchObject([{ outcome: 'updated', number: pull.number }]);
  const all = await onboard('--version', '2.0.0');
  expect(all.pullRequests).toMatchObject([{ outcome: 'opened', branch: 'onboard/charlie' }]);
  expect(all.files).toHaveLength(4);
});
