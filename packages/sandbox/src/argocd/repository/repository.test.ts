import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { realHelm } from '../../testing/helm';
import { ApplicationSource } from '../application';
import { GitFixture } from '../testing/gitFixture';
import { platformFiles, tenantValues } from '../testing/platformFiles';
import { Checkouts } from './checkouts';
import { GitRepository } from './gitRepository';
import { ManifestService } from './manifestService';
import { Repositories } from './repositories';

jest.setTimeout(30_000);

describe('the repository server', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'argocd-repository-'));
  const state = path.join(directory, 'state');
  const options = {
    git: 'git',
    directory: state,
    forgeUrl: 'http://localhost:1',
    pollInterval: 60_000,
  };
  const context = {
    applicationName: 'tenant-a',
    namespace: 'tenant-a',
    kubernetesVersion: '1.36.4',
    apiVersions: ['v1', 'apps/v1/Deployment'],
  };
  let git: GitFixture;
  let source: ApplicationSource;
  let manifests: ManifestService;
  const repositories = new Repositories(options, () => undefined);
  const repository = () => repositories.get(git.url);
  const tagOf = (objects: unknown) => /demo-api:([-a-z0-9]+)/.exec(JSON.stringify(objects))?.[1];
  const generate = async (change: Partial<ApplicationSource> = {}, revision = 'main') => {
    const at = { repository: repository(), revision: await repository().resolve(revision) };
    return await manifests.generate(at, { ...source, ...change }, context);
  };

  beforeAll(async () => {
    manifests = new ManifestService({ helm: await realHelm() });
  });
  beforeEach(() => {
    git = new GitFixture(mkdtempSync(path.join(directory, 'git-')));
    git.commit('Start', platformFiles(git.url));
    source = {
      repoURL: git.url,
      path: 'charts/tenant',
      helm: { valueFiles: ['/gitops/tenants/tenant-a-values.yaml'] },
    };
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('renders a chart with values from the root of the repository', async () => {
    const { sourceType, objects } = await generate();
    expect(sourceType).toBe('Helm');
    expect(objects.map(each => each.kind).sort()).toEqual(['ConfigMap', 'Deployment', 'Service']);
    expect(tagOf(objects)).toBe('sha-1111111');
  });

  it.each<[string, ApplicationSource['helm'], string]>([
    [
      'a value file relative to the chart',
      { valueFiles: ['../../gitops/tenants/tenant-a-values.yaml'] },
      'sha-1111111',
    ],
    ['values as text', { values: 'image: { tag: sha-2222222 }' }, 'sha-2222222'],
    [
      'valuesObject over values and files',
      {
        valueFiles: ['/gitops/tenants/tenant-a-values.yaml'],
        values: 'image: { tag: sha-2222222 }',
        valuesObject: { image: { tag: 'sha-3333333' } },
      },
      'sha-3333333',
    ],
    [
      'parameters over everything',
      {
        valuesObject: { image: { tag: 'a' } },
        parameters: [{ name: 'image.tag', value: 'sha-4444444' }],
      },
      'sha-4444444',
    ],
    [
      'a missing file that may be missing',
      {
        valueFiles: ['/none.yaml'],
        ignoreMissingValueFiles: true,
        valuesObject: { image: { tag: 'sha-5555555' } },
      },
      'sha-5555555',
    ],
  ])('takes %s', async (_name, helm, tag) => {
    expect(tagOf((await generate({ helm })).objects)).toBe(tag);
  });

  it('takes a value file of another repository, and renders anew when that changes', async () => {
    const other = new GitFixture(mkdtempSync(path.join(directory, 'git-')));
    const at = { repository: repository(), revision: await repository().resolve('main') };
    const render = async (tag: string, ref = 'values') => {
      other.commit(tag, { 'tenants/a.yaml': `image: { tag: ${tag} }\n` });
      const values = repositories.get(other.url);
      await values.refresh();
      const references = new Map([
        [ref, { repository: values, revision: await values.resolve('main') }],
      ]);
      const helm = { valueFiles: ['$values/tenants/a.yaml'] };
      return await manifests.generate(at, { ...source, helm }, context, references);
    };
    expect(tagOf((await render('sha-6666666')).objects)).toBe('sha-6666666');
    expect(tagOf((await render('sha-7777777')).objects)).toBe('sha-7777777');
    await expect(render('sha-8888888', 'elsewhere')).rejects.toThrow(
      `source referenced "$values", but no source has a 'ref' field defined`,
    );
  });

  it.each<[string, Partial<ApplicationSource>, string]>([
    ['a path that is not there', { path: 'charts/none' }, 'charts/none: app path does not exist'],
    [
      'a path that leads out',
      { path: '../other' },
      '../other: app path is absolute or outside of the repository',
    ],
    [
      'a value file that leads out',
      { helm: { valueFiles: ['../../../../etc/passwd'] } },
      'value file ../../../../etc/passwd resolved to outside repository root',
    ],
    [
      'a link that leads out',
      { helm: { valueFiles: ['/leak.yaml'] } },
      'value file /leak.yaml resolved to outside repository root',
    ],
    [
      'a value file that is not there',
      { helm: { valueFiles: ['/none.yaml'] } },
      'none.yaml: no such file or directory',
    ],
    [
      'values against the schema',
      { helm: { valuesObject: { replicas: 0 } } },
      "at '/replicas': minimum: got 0, want 1",
    ],
  ])('refuses %s', async (_name, change, message) => {
    symlinkSync('/etc/passwd', path.join(new URL(git.url).pathname, 'leak.yaml'));
    git.commit('Link', {});
    await repository().refresh();
    await expect(generate(change)).rejects.toThrow(message);
  });

  it('renders again only for what concerns the application', async () => {
    const before = (await generate()).objects;
    git.commit('Other tenant', {
      'gitops/tenants/tenant-b-values.yaml': tenantValues('sha-9999999'),
    });
    expect(await repository().refresh()).toBe(true);
    expect((await generate()).objects).toBe(before);
    git.commit('Bump', { 'gitops/tenants/tenant-a-values.yaml': tenantValues('sha-2222222') });
    expect(await repository().refresh()).toBe(true);
    expect(await repository().refresh()).toBe(false);
    expect(tagOf((await generate()).objects)).toBe('sha-2222222');
  });

  it('reads a directory by include and exclude, and says which file is broken', async () => {
    const directorySource = (wanted: ApplicationSource['directory']) => ({
      path: 'gitops',
      helm: undefined,
      directory: wanted,
    });
    const names = async (wanted: ApplicationSource['directory']) =>
      (await generate(directorySource(wanted))).objects.map(each => each.metadata.name);
    expect(await names({ recurse: true, include: '{apps/*.yaml,projects/*.yaml}' })).toEqual([
      'tenant-a',
      'tenants',
    ]);
    expect(await names({ recurse: true, exclude: '{bootstrap/*,tenants/*}' })).toEqual([
      'tenant-a',
      'tenants',
    ]);
    expect(await names({})).toEqual([]);
    git.commit('Break', { 'gitops/apps/broken.yaml': 'kind: Application\nmetadata: [\n' });
    await repository().refresh();
    await expect(names({ recurse: true, include: 'apps/*' })).rejects.toThrow(
      'Failed to unmarshal "broken.yaml"',
    );
  });

  it('resolves branches, tags, HEAD and commits, and nothing else', async () => {
    const first = await repository().resolve('main');
    git.tag('v1');
    const second = git.commit('Second', {});
    await repository().refresh();
    expect(await repository().resolve(undefined)).toBe(second);
    expect(await repository().resolve('HEAD')).toBe(second);
    expect(await repository().resolve('v1')).toBe(first);
    expect(await repository().resolve(first)).toBe(first);
    await expect(repository().resolve('none')).rejects.toThrow(
      "unable to resolve 'none' to a commit SHA",
    );
    await expect(repository().resolve('--help')).rejects.toThrow('unable to resolve');
    expect(await repository().git.metadata(first)).toEqual({
      author: 'Ada <ada@example.com>',
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      tags: ['v1'],
      message: 'Start',
    });
  });

  it.each(['ext::sh -c true', '--upload-pack=true', 'ssh://git@example.com/x.git'])(
    'does not fetch from %s',
    async url => {
      await expect(repositories.get(url).resolve('main')).rejects.toThrow(
        'unsupported repository URL',
      );
    },
  );

  it('survives a git that was killed: locks and half-written trees', async () => {
    const mirror = path.join(directory, 'mirror.git');
    const trees = path.join(directory, 'trees');
    const open = () => new GitRepository({ git: 'git', directory: mirror, url: git.url });
    await open().fetch();
    writeFileSync(path.join(mirror, 'packed-refs.lock'), '');
    writeFileSync(path.join(mirror, 'config.lock'), '');
    const sha = git.commit('More', {});
    mkdirSync(path.join(trees, sha), { recursive: true });
    const again = open();
    await again.fetch();
    expect(await again.has(sha)).toBe(true);
    const checkouts = new Checkouts(again, trees);
    await checkouts.with(sha, async root =>
      expect(existsSync(path.join(root, 'charts/tenant/Chart.yaml'))).toBe(true),
    );
  });

  it('keeps few trees on disk', async () => {
    const trees = path.join(directory, 'few');
    const mirror = new GitRepository({
      git: 'git',
      directory: path.join(directory, 'few.git'),
      url: git.url,
    });
    const checkouts = new Checkouts(mirror, trees);
    const commits = Array.from({ length: 8 }, (_each, at) => git.commit(`Commit ${at}`, {}));
    await mirror.fetch();
    await Promise.all(commits.map(sha => checkouts.with(sha, async () => undefined)));
    expect(commits.filter(sha => existsSync(path.join(trees, sha)))).toEqual(commits.slice(2));
  });
});
