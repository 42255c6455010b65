import { readGitopsConfig, type GitFile } from '@internal/gitops';
import { surveyFiles } from './surveyFiles';

const read = (valuesPath?: string) =>
  readGitopsConfig({
    getOptional: key =>
      ({
        'tenantReleases.gitops.repository': 'https://git.example.com/acme/platform',
        'tenantReleases.gitops.valuesPath': valuesPath,
      }[key]),
  });

const survey = (files: Array<string | GitFile>, valuesPath?: string) => {
  const all = files.map(file => (typeof file === 'string' ? { path: file, sha: '1' } : file));
  const { matches: _, ...found } = surveyFiles(all, read(valuesPath), 'demo-api');
  return { ...found, tenantPaths: [...found.tenantPaths] };
};

const tenants = (name: string) => `gitops/tenants/${name}-values.yaml`;

describe('surveyFiles', () => {
  it('takes tenant files, and says nothing of what belongs beside them', () => {
    const paths = ['a', 'b'].map(tenants);
    const others = ['README.md', 'gitops/tenants/README.md', 'gitops/apps/a.yaml', 'x/y.yml'];
    expect(survey([...others, ...paths, 'gitops/policy/releases.yaml'])).toEqual({
      tenantPaths: paths,
      leftOut: [],
    });
  });

  it.each([
    [
      'I00001',
      /^The tenant's name "I00001" must start with a lower-case letter.*: rename the file/,
    ],
    ['4ever', /"4ever" must start with a lower-case letter/],
    ['acme.com', /"acme\.com" must start with .* lower-case letters, digits or "-"/],
    ['acme_eu', /"acme_eu" must start/],
    ['x'.repeat(41), /must be at most 40 characters, this one has 41: rename/],
    ['platform', /^The tenant's name "platform" is reserved for the platform: rename/],
    ['kube-a', /is reserved/],
  ])('says why the name %s makes no release', (name, reason) => {
    const path = tenants(name);
    expect(survey([path, tenants('acme')])).toEqual({
      tenantPaths: [tenants('acme')],
      leftOut: [{ kind: 'file', name: path, reason: expect.stringMatching(reason) }],
    });
  });

  it.each([
    ['gitops/tenants/b-values.yml', /rename it to gitops\/tenants\/b-values\.yaml/],
    ['gitops/tenants/B-Values.yaml', /rename it to gitops\/tenants\/b-values\.yaml/],
    ['GitOps/tenants/b-values.yaml', /rename it to gitops\/tenants\/b-values\.yaml/],
  ])('names %s, which only looks like one', (path, reason) => {
    expect(survey([path, tenants('a')]).leftOut).toEqual([
      { kind: 'file', name: path, reason: expect.stringMatching(reason) },
    ]);
  });

  it.each([
    ['gitops/tenants/b.yaml', 'gitops/tenants/b.yaml'],
    ['gitops/tenants/b-values.yaml.bak', 'gitops/tenants/b-values.yaml.bak'],
    ['gitops/tenants/b-values.json', 'gitops/tenants/b-values.json'],
    ['gitops/tenants/b-values.yaml ', 'gitops/tenants/b-values.yaml '],
    ['gitops/tenants/-values.yaml', 'gitops/tenants/-values.yaml'],
    ['gitops/tenants/eu/b-values.yaml', 'gitops/tenants/eu'],
  ])('says of %j what gitops check says', (path, name) => {
    const reason =
      'It is not looked at by anything: names of files here end with "-values.yaml": rename it to <tenant>-values.yaml, or move it elsewhere.';
    expect(survey([path, tenants('a')])).toEqual({
      tenantPaths: [tenants('a')],
      leftOut: [{ kind: 'file', name, reason }],
    });
  });

  it('names a folder once, whatever is in it, and one that is called like a file', () => {
    const paths = ['eu/a', 'eu/b/c', 'b-values.yaml/x', 'b-values.yaml/y'];
    const { leftOut } = survey([...paths.map(path => `gitops/tenants/${path}`), tenants('a')]);
    expect(leftOut).toEqual([
      {
        kind: 'file',
        name: 'gitops/tenants/b-values.yaml',
        reason: 'It is no file: put a plain file in its place.',
      },
      expect.objectContaining({ name: 'gitops/tenants/eu' }),
    ]);
  });

  it.each<[string, string, GitFile[]]>([
    [
      'in the place of a folder',
      't/{tenant}/values.yaml',
      [
        { path: 't/b', sha: '1', kind: 'symlink' },
        { path: 't/c', sha: '1', kind: 'submodule' },
        { path: 't/a/d', sha: '1', kind: 'symlink' },
      ],
    ],
    [
      'beside files',
      't/{tenant}.yaml',
      [
        { path: 't/b', sha: '1', kind: 'symlink' },
        { path: 't/c', sha: '1', kind: 'submodule' },
      ],
    ],
  ])('names links and submodules %s', (_, valuesPath, files) => {
    const { leftOut } = survey([valuesPath.replace('{tenant}', 'a'), ...files], valuesPath);
    expect(leftOut).toEqual([
      {
        kind: 'file',
        name: 't/b',
        reason: 'It is a symbolic link: replace it by the file or folder itself.',
      },
      {
        kind: 'file',
        name: 't/c',
        reason: expect.stringMatching(/^It is (a submodule|not looked)/),
      },
    ]);
  });

  it('names a folder that is a link, above all tenants', () => {
    const { leftOut, misconfigured } = survey([
      'README.md',
      'x.yaml',
      { path: 'gitops/tenants', sha: '1', kind: 'symlink' },
    ]);
    expect(leftOut).toEqual([expect.objectContaining({ name: 'gitops/tenants' })]);
    expect(misconfigured).toMatch(/^0 of 3 files match/);
  });

  it.each([
    ['Tenants/{tenant}/Values.yaml', 'tenants/b/values.yaml', 'Tenants/b/Values.yaml'],
    ['Tenants/{tenant}/Values.yaml', 'Tenants/B/VALUES.yaml', 'Tenants/b/Values.yaml'],
    ['clusters/*/{tenant}/values.yaml', 'Clusters/eu/b/values.yaml', 'clusters/eu/b/values.yaml'],
  ])('tells capitals apart: %s', (valuesPath, path, near) => {
    const good = valuesPath.replace('{tenant}', 'a').replace('*', 'eu');
    expect(survey([good, path], valuesPath).leftOut).toEqual([
      { kind: 'file', name: path, reason: expect.stringContaining(`rename it to ${near}, or`) },
    ]);
  });

  it('says nothing of what else stands at the root', () => {
    const others: GitFile[] = [{ path: 'lib', sha: '1', kind: 'submodule' }];
    const paths = ['Makefile', 'docs/a.md', 'src/b.ts'];
    expect(survey(['a.yaml', ...paths, ...others], '{tenant}.yaml').leftOut).toEqual([]);
    expect(survey(['a/v.yaml', ...paths, ...others], '{tenant}/v.yaml').leftOut).toEqual([]);
  });

  it('does not name all that stands in the folders of tenants', () => {
    const paths = ['t/a/values.yaml', 't/a/extra.yaml', 't/a/secrets.yaml', 't/b/values.yml'];
    expect(survey(paths, 't/{tenant}/values.yaml').leftOut.map(({ name }) => name)).toEqual([
      't/b/values.yml',
    ]);
  });

  it('reads one of two files of a tenant and service, always the same, and names the other', () => {
    const [eu, us] = ['eu', 'us'].map(cluster => `clusters/${cluster}/acme/values.yaml`);
    for (const paths of [
      [eu, us],
      [us, eu],
    ]) {
      expect(survey(paths, 'clusters/*/{tenant}/values.yaml')).toEqual({
        tenantPaths: [eu],
        leftOut: [
          {
            kind: 'file',
            name: us,
            reason: `It is a second file of tenant acme and service demo-api, for which ${eu} is read: keep one of them, or give each its own tenant name.`,
          },
        ],
      });
    }
  });

  it('calls a path that matches nothing a wrong setting', () => {
    const paths = Array.from({ length: 1_204 }, (_, index) => `x/${index}.yaml`);
    expect(survey(paths).misconfigured).toMatch(
      /^0 of 1,204 files match tenantReleases\.gitops\.valuesPath \(gitops\/tenants\/\{tenant\}-values\.yaml\) on branch main: correct/,
    );
    expect(survey([tenants('I00001'), ...paths]).misconfigured).toBeUndefined();
  });

  it.each([
    [[]],
    [['README.md', '.gitignore', 'LICENSE', 'gitops/policy/releases.yaml']],
    [['charts/tenant/Chart.yaml', 'gitops/tenants/.gitkeep']],
  ])('takes %j for a repository without tenants yet', paths => {
    expect(survey(paths)).toEqual({
      tenantPaths: [],
      leftOut: [],
      note: expect.stringContaining('There is no tenant file yet'),
    });
  });
});

describe('what the pattern meets', () => {
  const matchOf = (files: string[], valuesPath?: string) =>
    surveyFiles(
      files.map(path => ({ path, sha: '1' })),
      read(valuesPath),
      'demo-api',
    ).matches;
  const key = 'tenantReleases.gitops.valuesPath';

  it('is counted: files, releases, tenants', () => {
    const pattern = 't/{tenant}/{service}.yaml';
    const files = ['t/a/x.yaml', 't/a/y.yaml', 't/b/x.yaml', 't/B/x.yaml', 'README.md'];
    expect(matchOf(files, pattern)).toEqual([{ key, pattern, files: 4, releases: 3, tenants: 2 }]);
  });

  it('is nothing: then the paths that come closest are named', () => {
    const [match] = matchOf(['gitops/customers/acme-values.yaml', 'charts/x.tpl']);
    expect(match).toMatchObject({ files: 0, closest: ['gitops/customers/acme-values.yaml'] });
  });
});
