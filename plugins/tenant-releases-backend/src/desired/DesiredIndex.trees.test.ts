import { eventually } from '../__testUtils__/eventually';
import { FakeGithub, tenantFile, tenantPath } from '../__testUtils__/FakeGithub';
import { startDesiredIndex } from '../__testUtils__/startDesiredIndex';
import type { DesiredIndex } from './DesiredIndex';

/** A repository whose recursive tree GitHub cuts. */
describe('DesiredIndex of a repository that is too large for one tree', () => {
  let github: FakeGithub;
  let index: DesiredIndex;

  const versions = (of: DesiredIndex) =>
    of.entries().map(({ tenant, file }) => `${tenant} ${file?.image.tag}`);
  const trees = () =>
    github.requests
      .filter(line => line.includes('/git/trees/'))
      .map(line => (line.endsWith('?recursive=1') ? 'recursive' : 'level'));
  const others = (count: number, folder: string) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, number) => [`${folder}/${number}.yaml`, String(number)]),
    );

  beforeEach(async () => {
    github = await new FakeGithub().start();
    github.treeLimit = 20;
    github.commit({
      ...others(15, 'src/a/b'),
      ...others(15, 'docs'),
      'charts/tenant/Chart.yaml': 'name: tenant',
      'charts/tenant/templates/a.yaml': 'kind: A',
      'charts/other/Chart.yaml': 'name: other',
      'gitops/policy/releases.yaml': 'badVersions: [{ version: sha-bad, reason: errors }]',
      [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1'),
      [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-1'),
    });
  });

  afterEach(async () => {
    await index.stop();
    await github.stop();
  });

  it('reads the folders that matter, and of the next commit only those that changed', async () => {
    const started = startDesiredIndex(github);
    index = started.index;
    const known = () => versions(index);
    const expected = ['tenant-a sha-1', 'tenant-b sha-1'];
    expect(await eventually(known, expected)).toEqual(expected);
    expect(index.policy()).toMatchObject({ badVersions: [{ version: 'sha-bad' }] });
    expect(index.status().state).toBe('ok');
    // The root is cut; then its first level, charts and gitops.
    expect(trees()).toEqual(['recursive', 'level', 'recursive', 'recursive']);

    github.commit({ [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-2') });
    index.refresh();
    expect(await eventually(known, ['tenant-a sha-1', 'tenant-b sha-2'])).toHaveLength(2);
    expect(trees().slice(4)).toEqual(['level', 'recursive']);

    const head = github.commits.at(-1)!.sha;
    const paths = (await started.api.files(head)).map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['charts/tenant/Chart.yaml', 'charts/tenant/templates/a.yaml']),
    );
    expect(paths.filter(path => /^(src|docs)/.test(path))).toEqual([]);
  });

  it('goes down to one folder a tenant where that is how the repository is laid out', async () => {
    const files = Array.from({ length: 30 }, (_, number) => `t${number + 10}`);
    github.commit({
      ...Object.fromEntries(
        files.flatMap(name => [
          [`env/prod/${name}/values.yaml`, tenantFile(name, 'sha-1')],
          [`env/prod/${name}/README.md`, name],
        ]),
      ),
      ...others(15, 'env/dev'),
    });
    github.treeLimit = 32;
    index = startDesiredIndex(github, { valuesPath: 'env/prod/{tenant}/values.yaml' }).index;
    expect(await eventually(() => index.entries().length, 30)).toBe(30);
    const asked = trees().length;
    github.commit({ 'env/prod/t10/values.yaml': tenantFile('t10', 'sha-2') });
    index.refresh();
    const version = () => index.get('t10', 'demo-api')?.file?.image.tag;
    expect(await eventually(version, 'sha-2')).toBe('sha-2');
    // Root, env, env/prod and env/prod/t10; the other tenants' folders are what they were.
    expect(trees().slice(asked)).toEqual(['level', 'level', 'level', 'recursive']);
  });

  it('says so when a single folder is too large', async () => {
    github.commit(others(40, 'gitops/tenants'));
    const started = startDesiredIndex(github);
    index = started.index;
    const error = () => index.status().error;
    expect(await eventually(error, 'bad-answer')).toBe('bad-answer');
    expect(started.logger.warn).toHaveBeenCalledWith(
      'Source git is down (bad-answer): gitops/tenants has too many files for one answer',
    );
  });
});
