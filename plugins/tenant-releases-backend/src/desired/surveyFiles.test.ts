import { readGitopsConfig } from '@internal/plugin-tenant-releases-common';
import { surveyFiles } from './surveyFiles';

const read = (valuesPath?: string) =>
  readGitopsConfig({
    getOptional: key =>
      ({
        'tenantReleases.gitops.repository': 'https://git.example.com/acme/platform',
        'tenantReleases.gitops.valuesPath': valuesPath,
      }[key]),
  });

const survey = (paths: string[], valuesPath?: string) => {
  const found = surveyFiles(paths, read(valuesPath), 'demo-api');
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
    ['gitops/tenants/b.yaml', /does not match .*valuesPath .*: rename it if it is a tenant's/],
  ])('names %s, which only looks like one', (path, reason) => {
    expect(survey([path, tenants('a')]).leftOut).toEqual([
      { kind: 'file', name: path, reason: expect.stringMatching(reason) },
    ]);
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
