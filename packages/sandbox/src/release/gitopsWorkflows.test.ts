import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runGitops } from '@internal/gitops-cli';
import { eventually, git } from '../forge/__testUtils__/testForge';
import { personalToken, startForge } from '../forge';
import { seedIfNeeded } from '../seed';
import { RunningServer, sandboxSettings, SandboxSettings } from '../settings';
import { realHelm } from '../testing/helm';

jest.setTimeout(120_000);

const now = new Date('2026-11-23T12:00:00Z');
const token = personalToken('github-actions[bot]');
let settings: SandboxSettings;
let forge: RunningServer;
let folder: string;
let clone: string;
let helm: string;

beforeAll(async () => {
  // The forge tells what happens to it.
  jest.spyOn(console, 'log').mockImplementation(() => {});
  folder = await mkdtemp(path.join(tmpdir(), 'gitops-workflows-'));
  clone = path.join(folder, 'clone');
  helm = await realHelm();
  const repositoryRoot = path.resolve(__dirname, '../../../..');
  const all = sandboxSettings({
    repositoryRoot,
    stateDir: path.join(folder, 'state'),
    tools: { git: 'git', helm },
  });
  settings = { ...all, ports: { ...all.ports, forge: 0, portal: 9, argocd: 9 } };
  await seedIfNeeded(settings, { now, log: () => {}, demo: false });
  forge = await startForge(settings);
});

afterAll(async () => {
  await forge?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a step of a workflow: the CLI in the checkout, with the environment of a run. */
async function gitops(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const ran = { code: 0, out: '', err: '' };
  const env = {
    PATH: path.dirname(helm),
    GITHUB_TOKEN: token,
    GITHUB_API_URL: `${forge.url}/api/v3`,
    GITHUB_REPOSITORY: 'acme/platform',
  };
  ran.code = await runGitops(args, {
    directory: clone,
    env,
    now: () => now,
    write: text => {
      ran.out += text;
    },
    warn: text => {
      ran.err += `${text}\n`;
    },
  });
  expect(ran.out + ran.err).not.toContain(token);
  return ran;
}

/** Checks a branch out, as actions/checkout does with fetch-depth: 0. */
async function checkout(branch: string): Promise<void> {
  await rm(clone, { recursive: true, force: true });
  await git(folder, 'clone', '--quiet', `${forge.url}/acme/platform.git`, clone);
  await git(clone, 'checkout', '--quiet', branch);
}

async function bump(version: string, ...more: string[]): Promise<any> {
  const options = ['--service', 'demo-api', '--version', version, '--open-pr', '--output', 'json'];
  const { code, out, err } = await gitops('bump', ...options, ...more);
  return { code, err, ...JSON.parse(out || '{}') };
}

/** Changes files on main, as the merge of another pull request would. */
async function onMain(files: Record<string, (text: string) => string>): Promise<void> {
  await checkout('main');
  for (const [file, change] of Object.entries(files)) {
    const where = path.join(clone, file);
    await writeFile(where, change(await readFile(where, 'utf8')));
  }
  await git(clone, 'commit', '--quiet', '--all', '--message', 'Change');
  await push();
}

/** Pushes what is checked out, as a person does. */
async function push(): Promise<void> {
  const credentials = Buffer.from(`x:${personalToken('ada')}`).toString('base64');
  const header = `http.extraHeader=authorization: Basic ${credentials}`;
  await git(clone, '-c', header, 'push', '--quiet', 'origin', 'HEAD');
}

const tipOf = async (branch: string): Promise<string> =>
  (await api('GET', `git/ref/heads/${branch}`)).object.sha;

async function api(method: string, where: string, body?: unknown): Promise<any> {
  const response = await fetch(`${forge.url}/api/v3/repos/acme/platform/${where}`, {
    method,
    headers: { authorization: `token ${personalToken('ada')}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return response.status === 204 ? undefined : response.json();
}

const merge = (number: number) =>
  eventually(
    async () => (await api('PUT', `pulls/${number}/merge`, { merge_method: 'squash' })).merged,
  );
const pulls = async (): Promise<any[]> =>
  (await api('GET', 'pulls?state=open')).filter((one: any) => one.head.ref.startsWith('bump/'));
const tags = async () => {
  await checkout('main');
  const text = await Promise.all(
    ['a', 'b'].map(name =>
      readFile(path.join(clone, `gitops/tenants/tenant-${name}-values.yaml`), 'utf8'),
    ),
  );
  return text.map(one => /^ {2}tag: (\S+)/m.exec(one)?.[1]);
};

describe('the workflows, step by step', () => {
  it('ci: the tree on main is good, charts included', async () => {
    await checkout('main');
    expect(await gitops('check', '--render', '--output', 'github')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Rendered with helm: 2 of 2 tenants[^]*nothing to complain of/),
    });
  });

  it('bump: opens a pull request for each ring, once', async () => {
    const first = await bump('sha-aaaaaaa');
    expect(first.pullRequests).toMatchObject([
      {
        branch: 'bump/demo-api/ring-0',
        outcome: 'opened',
        tenants: ['tenant-a'],
        title: 'Bump demo-api to sha-aaaaaaa in ring 0 (canary)',
      },
      {
        branch: 'bump/demo-api/ring-1',
        outcome: 'opened',
        tenants: ['tenant-b'],
        title: 'Bump demo-api to sha-aaaaaaa in ring 1 (early)',
      },
    ]);
    const [second, again] = [await pulls(), await bump('sha-aaaaaaa')];
    expect(again.pullRequests.map((one: any) => one.outcome)).toEqual(['unchanged', 'unchanged']);
    expect((await pulls()).map(one => one.head.sha)).toEqual(second.map(one => one.head.sha));
    const body = (await api('GET', `pulls/${first.pullRequests[1].number}`)).body;
    expect(body).toContain(
      'these rings come first and do not have the version yet: ring 0 \\(canary\\) (1)',
    );
    expect(body).toMatch(/\| `tenant-b` \| .* \| premium \| `sha-\w+` \| `sha-aaaaaaa` \|/);
  });

  it('gitops-check: the pull request passes, and tells whom it reaches', async () => {
    await checkout('bump/demo-api/ring-0');
    expect(await gitops('check', '--base', 'origin/main', '--render')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Rendered with helm: 1 of 2 tenants.'),
    });
    const { out } = await gitops(
      'blast-radius',
      '--base',
      'origin/main',
      '--head',
      'HEAD',
      '--output',
      'markdown',
    );
    expect(out).toMatch(
      /1 of 2 tenants reached\.[^]*\| `tenant-a` \| `standard` \| 0 \| `group:default\/tenant-a-owners` \| sha\\-\w+ \\-\\> sha\\-aaaaaaa/,
    );
  });

  it('bump: a newer version updates the open pull requests', async () => {
    const before = await pulls();
    const { pullRequests } = await bump('sha-bbbbbbb');
    expect(pullRequests.map((one: any) => [one.outcome, one.number]).sort()).toEqual(
      before.map(one => ['updated', one.number]).sort(),
    );
    for (const { title, number } of await pulls()) {
      expect(title).toContain('sha-bbbbbbb');
      const [file, ...others] = await api('GET', `pulls/${number}/files`);
      expect(others).toEqual([]);
      expect([file.additions, file.deletions]).toEqual([1, 1]);
    }
  });

  it('bump: a merged ring is done, and the next version opens a new pull request on its branch', async () => {
    const canary = (await pulls()).find(one => one.head.ref.endsWith('ring-0'));
    await merge(canary.number);
    expect((await tags())[0]).toBe('sha-bbbbbbb');
    expect((await bump('sha-bbbbbbb')).pullRequests.map((one: any) => one.outcome)).toEqual([
      'unchanged',
    ]);
    const { pullRequests } = await bump('sha-ccccccc');
    expect(pullRequests).toMatchObject([
      { branch: 'bump/demo-api/ring-0', outcome: 'opened' },
      { branch: 'bump/demo-api/ring-1', outcome: 'updated' },
    ]);
    expect(pullRequests[0].number).not.toBe(canary.number);
  });

  it('bump: a pull request that was closed is opened anew', async () => {
    const { number } = (await pulls()).find(one => one.head.ref.endsWith('ring-0'));
    await api('PATCH', `pulls/${number}`, { state: 'closed' });
    const { pullRequests } = await bump('sha-ccccccc');
    expect(pullRequests[0]).toMatchObject({ outcome: 'opened' });
    expect(pullRequests[0].number).not.toBe(number);
  });

  it('bump: what somebody else put on the branch stays', async () => {
    await checkout('bump/demo-api/ring-1');
    await writeFile(path.join(clone, 'README.md'), 'mine\n');
    await git(clone, 'commit', '--quiet', '--all', '--message', 'My own');
    await push();
    const tip = await tipOf('bump/demo-api/ring-1');
    const { code, pullRequests } = await bump('sha-ddddddd', '--ring', '1');
    expect({ code, pullRequests }).toMatchObject({
      code: 1,
      pullRequests: [{ outcome: 'left-alone', reason: expect.stringContaining('somebody else') }],
    });
    expect(await tipOf('bump/demo-api/ring-1')).toBe(tip);
    await api('DELETE', 'git/refs/heads/bump/demo-api/ring-1');
  });

  it('bump: a roll-back with its hold is obeyed, a freeze too, and what is over is closed', async () => {
    const why = ['--tenant', 'tenant-a', '--hold', 'errors', '--by', 'user:default/ada'];
    const [rollback] = (await bump('sha-0000001', ...why)).pullRequests;
    expect(rollback).toMatchObject({
      branch: 'hold/demo-api/ring-0-tenant-a',
      title: 'Hold tenant-a at demo-api sha-0000001',
    });
    await merge(rollback.number);
    const held = await bump('sha-ccccccc');
    expect(held.skipped).toMatchObject([{ tenant: 'tenant-a', kind: 'held' }]);
    expect(held.pullRequests).toMatchObject([
      { branch: 'bump/demo-api/ring-0', outcome: 'closed' },
      { outcome: 'opened', tenants: ['tenant-b'] },
    ]);
    await checkout('main');
    expect((await gitops('check')).code).toBe(0);
    await onMain({
      'gitops/policy/releases.yaml': text =>
        text.replace(
          'freezes: []',
          'freezes:\n  - { all: true, from: 2026-11-23T00:00:00Z, until: 2026-11-24T00:00:00Z, reason: sale }',
        ),
    });
    await checkout('bump/demo-api/ring-1');
    const { code, out } = await gitops('check', '--base', 'origin/main', '--output', 'github');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^::error file=gitops\/tenants\/tenant-b-values\.yaml,line=\d+,col=\d+,title=gitops check%3A frozen::/m,
    );
    expect((await bump('sha-eeeeeee')).skipped.map((one: any) => one.kind).sort()).toEqual([
      'frozen',
      'held',
    ]);
  });

  it('bump: refuses a bad version, opening nothing', async () => {
    await onMain({
      'gitops/policy/releases.yaml': text =>
        text.replace(
          'badVersions: []',
          'badVersions:\n  - { version: sha-fffffff, reason: errors }',
        ),
    });
    const before = (await pulls()).length;
    expect(await bump('sha-fffffff')).toMatchObject({
      code: 1,
      refused: [expect.stringContaining('errors')],
      pullRequests: [],
    });
    expect((await pulls()).length).toBe(before);
  });

  it('bump: says what is wrong with the token, without telling it', async () => {
    let err = '';
    const args = ['--service', 'demo-api', '--version', 'sha-1', '--open-pr'];
    const code = await runGitops(['bump', ...args, '--repository', 'acme/platform'], {
      directory: clone,
      env: { GITHUB_TOKEN: 'wrong-token', GITHUB_API_URL: `${forge.url}/api/v3` },
      now: () => now,
      write: () => {},
      warn: text => {
        err += text;
      },
    });
    expect(code).toBe(1);
    expect(err).toContain('GITHUB_TOKEN is not valid there');
    expect(err).not.toContain('wrong-token');
    expect(err).not.toContain(forge.url);
  });
});
