import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';

let root: string;
const layouts = () => `${root}.json`;
const overlay = 'overlays/acme/kustomization.yaml';

function git(...args: string[]) {
  execFileSync('git', args, {
    cwd: root,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      HOME: root,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
    },
  });
}

function write(file: string, text: string) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function edit(file: string, from: string, to: string) {
  const text = readFileSync(path.join(root, file), 'utf8');
  expect(text).toContain(from);
  write(file, text.replace(from, to));
}

function commit() {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'change');
}

/** The findings of a check, as `severity rule file:line problem`. */
async function check(...args: string[]) {
  const ran = await runGitops(root, [
    'check',
    '--dir',
    root,
    '--layouts',
    layouts(),
    '--output',
    'json',
    ...args,
  ]);
  expect(ran.err).toBe('');
  const { findings, refused } = JSON.parse(ran.out);
  expect(ran.code).toBe(refused ? 1 : 0);
  return findings.map(
    ({ severity, rule, file, line, problem }: Record<string, string>) =>
      `${severity} ${rule} ${file}:${line} ${problem}`,
  );
}

const policy = (more: string) =>
  write('gitops/policy/releases.yaml', `rings: []\nbadVersions: []\nfreezes: []\n${more}`);
const freeze =
  'rings: []\nbadVersions: []\nfreezes: [{ all: true, from: 2026-11-20T00:00:00Z, until: 2026-11-30T00:00:00Z, reason: audit }]\n';

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'gitops-check-'));
  cpSync(path.join(repositoryRoot, 'examples/kustomize-overlays'), root, { recursive: true });
  writeFileSync(layouts(), JSON.stringify({ layouts: [{ preset: 'kustomize-overlays' }] }));
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', 'https://git.example.com/acme/platform.git');
  commit();
  git('branch', 'base');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
  rmSync(layouts(), { force: true });
});

describe('gitops check of another layout', () => {
  it('refuses nothing of a repository as it is, alone and compared', async () => {
    expect(await check()).toEqual([]);
    expect(await check('--base', 'base')).toEqual([]);
  });

  it('allows a bump', async () => {
    edit(overlay, '1.14.2', '1.15.0');
    expect(await check('--base', 'base')).toEqual([]);
  });

  it('refuses a file of a layout that nobody can read', async () => {
    edit(overlay, 'images:', 'images: [');
    const found = await check('--base', 'base');
    expect(found).toContainEqual(
      expect.stringMatching(/^error yaml overlays\/acme\/kustom.*:\d+ /),
    );
    expect(found).toContainEqual(expect.stringMatching(/^error layout /));
  });

  it('refuses a tag that YAML takes for a number only where a change brings it', async () => {
    edit(overlay, '1.14.2', '1.10');
    const [alone] = await check();
    expect(alone).toMatch(/^warning layout overlays\/acme\/kustomization.yaml:9 .*1\.1/);
    expect((await check('--base', 'base'))[0]).toMatch(/^error layout overlays\/acme/);
    commit();
    git('branch', '--force', 'base');
    edit('overlays/bravo/kustomization.yaml', '2.0.1', '2.0.2');
    expect(await check('--base', 'base')).toEqual([expect.stringMatching(/^warning layout /)]);
  });

  it('refuses a new version that is bad, and warns of one that is there', async () => {
    policy('');
    commit();
    git('branch', '--force', 'base');
    write(
      'gitops/policy/releases.yaml',
      'rings: []\nfreezes: []\nbadVersions: [{ version: 2.0.1, reason: leaks, since: 2026-11-20T00:00:00Z }]\n',
    );
    expect(await check('--base', 'base')).toEqual([
      expect.stringMatching(/^warning bad-version overlays\/bravo\/kustomization.yaml:8 is 2.0.1/),
    ]);
    edit(overlay, "'20260114'", "'2.0.1'");
    expect(await check('--base', 'base')).toContainEqual(
      expect.stringMatching(/^error bad-version overlays\/acme\/kustomization.yaml:11 is 2.0.1/),
    );
  });

  it('refuses a change of a frozen tenant, also when the same change ends the freeze', async () => {
    write('gitops/policy/releases.yaml', freeze);
    commit();
    git('branch', '--force', 'base');
    expect(await check('--base', 'base')).toEqual([]);
    edit(overlay, '1.14.2', '1.15.0');
    policy('');
    expect(await check('--base', 'base')).toEqual([
      expect.stringMatching(/^error frozen overlays\/acme\/kustomization.yaml:9 .*acme is frozen/),
    ]);
    expect(await check('--base', 'base', '--at', '2026-12-02T00:00:00Z')).toEqual([]);
    rmSync(path.join(root, 'overlays/bravo'), { recursive: true });
    expect(await check('--base', 'base')).toContainEqual(
      expect.stringMatching(/^error frozen .* no longer wants api of the tenant bravo/),
    );
  });

  it('names Applications that are gone or get another name', async () => {
    rmSync(path.join(root, 'overlays/bravo'), { recursive: true });
    expect(await check('--base', 'base')).toEqual([
      'warning application argocd/tenants.yaml:1 the Application bravo that the ApplicationSet tenants made is gone: Argo CD deletes it and, with its finalizer, what it runs',
    ]);
    git('checkout', '--quiet', '.');
    edit('argocd/tenants.yaml', "name: '{{.path.basename}}'", "name: 'shop-{{.path.basename}}'");
    expect(await check('--base', 'base')).toEqual([
      expect.stringContaining('acme that the ApplicationSet tenants made becomes shop-acme'),
      expect.stringContaining('bravo that the ApplicationSet tenants made becomes shop-bravo'),
    ]);
  });

  it('refuses an ApplicationSet that makes one name twice', async () => {
    edit('argocd/tenants.yaml', "name: '{{.path.basename}}'", 'name: shop');
    expect(await check()).toContainEqual(
      'error application argocd/tenants.yaml:1 the ApplicationSet tenants makes more than one Application shop',
    );
  });

  it.each([
    ['*', 'https://git.example.com/acme/*', 0],
    ['acme', '*', 1],
    ['*', 'https://git.example.com/other/*', 2],
    ['{acme,bravo}', '*', 2],
    ['*a*', 'https://git.example.com/acme/platform', 0],
  ])(
    'holds Applications against their AppProject: %s of %s',
    async (namespace, repo, refusedCount) => {
      edit('argocd/tenants.yaml', 'project: default', 'project: shop');
      write(
        'argocd/shop.yaml',
        `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: shop, namespace: argocd }
spec:
  sourceRepos: ['${repo}']
  destinations: [{ name: in-cluster, namespace: '${namespace}' }]
`,
      );
      const refused = (await check()).filter((line: string) => line.startsWith('error project'));
      expect(refused).toHaveLength(refusedCount);
    },
  );

  it('refuses an Application that comes to render files of two tenants', async () => {
    edit(overlay, '../../base', '../bravo');
    const told = /^error application argocd\/tenants.yaml:1 .*acme renders .*: acme, bravo$/;
    expect(await check('--base', 'base')).toContainEqual(expect.stringMatching(told));
    commit();
    git('branch', '--force', 'base');
    const [first, ...others] = (await check('--base', 'base')).filter((line: string) =>
      line.includes('more than one tenant'),
    );
    expect([first, others]).toEqual([expect.stringMatching(/^warning application /), []]);
  });

  it('takes a base that stands beside the overlays for no tenant', async () => {
    git('mv', 'base', 'overlays/common');
    for (const tenant of ['acme', 'bravo']) {
      edit(`overlays/${tenant}/kustomization.yaml`, '../../base', '../common');
    }
    edit(
      'argocd/tenants.yaml',
      '- path: overlays/*',
      '- path: overlays/*\n          - { path: overlays/common, exclude: true }',
    );
    const found = await check('--base', 'base');
    expect(found.filter((line: string) => line.includes('more than one tenant'))).toEqual([]);
  });

  it('takes the layouts of the configuration that is in the base', async () => {
    const config = 'tenantReleases: { gitops: { layouts: [{ preset: kustomize-overlays }] } }\n';
    write('app-config.yaml', config);
    commit();
    git('branch', '--force', 'base');
    edit(overlay, '1.14.2', '1.10');
    write('app-config.yaml', '');
    const ran = await runGitops(root, ['check', '--base', 'base', '--output', 'json']);
    expect(ran).toMatchObject({ code: 1, err: '' });
  });
});

describe('gitops blast-radius of another layout', () => {
  const radius = async (...args: string[]) => {
    const ran = await runGitops(root, [
      'blast-radius',
      '--layouts',
      layouts(),
      '--base',
      'base',
      ...args,
    ]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    return ran.out.trimEnd().split('\n');
  };

  it('says that nothing changes', async () => {
    expect(await radius()).toEqual(['No release changes.']);
  });

  it('says of whom it cannot tell, rather than that nothing changes', async () => {
    edit(overlay, 'images:', 'images: [');
    const [title, ...lines] = await radius();
    expect(title).toMatch(/ Not known of 1 thing that cannot be read or matched\.$/);
    expect(lines).toContainEqual(expect.stringMatching(/^not known: application acme: /));
  });

  it('names the version of one tenant, and what is new and gone', async () => {
    edit(overlay, '1.14.2', '1.15.0');
    cpSync(path.join(root, 'overlays/bravo'), path.join(root, 'overlays/zulu'), {
      recursive: true,
    });
    rmSync(path.join(root, 'overlays/bravo'), { recursive: true });
    const [title, ...lines] = await radius();
    expect(title).toBe('3 of 3 tenants, 6 of 6 releases.');
    expect(lines).toContain('acme/api: 1.14.2 -> 1.15.0; by overlays/acme/kustomization.yaml');
    expect(lines).toContain(
      'acme/web: stays at 20260114, rendered anew; by overlays/acme/kustomization.yaml',
    );
    expect(lines).toContain(
      'bravo/web: removed, was at 2.0.1; by overlays/bravo/kustomization.yaml',
    );
    expect(lines).toContain('zulu/web: new, at 2.0.1; by overlays/zulu/kustomization.yaml');
  });

  it('reaches everybody who takes in a base, and names what is of no release', async () => {
    edit('base/api.yaml', 'name: api', 'name: api # the api');
    write('notes.txt', 'nothing\n');
    const lines = await radius();
    expect(lines[0]).toBe('2 of 2 tenants, 4 of 4 releases.');
    expect(lines.filter(line => line.includes('by base/api.yaml'))).toHaveLength(4);
    expect(lines.at(-1)).toBe('of no release: notes.txt');
    commit();
    expect(await radius('--head', 'HEAD', '--output', 'markdown')).toContain(
      '2 of 2 tenants, 4 of 4 releases.',
    );
    expect(JSON.parse((await radius('--output', 'json')).join('\n'))).toMatchObject({
      base: 'base',
      tenants: 2,
      otherFiles: ['notes.txt'],
    });
  });
});
