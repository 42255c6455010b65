import { readGitopsConfig, type ConfigLike } from './gitopsConfig';
import { requireGithubIntegration } from './requireGithubIntegration';

function read(gitops: Record<string, unknown>) {
  const config: ConfigLike = {
    getOptional: key => gitops[key.replace('tenantReleases.gitops.', '')],
  };
  return readGitopsConfig(config);
}

const repository = 'http://localhost:7101/acme/platform';

describe('readGitopsConfig', () => {
  it('fills in the defaults', () => {
    const config = read({ repository });
    expect(config).toMatchObject({
      repository: { url: repository, host: 'localhost:7101', owner: 'acme', name: 'platform' },
      branch: 'main',
      valuesPath: 'gitops/tenants/{tenant}-values.yaml',
      valuesFolder: 'gitops/tenants',
      pollSeconds: 15,
      maxFileBytes: 65_536,
    });
    expect(config.tenantFilePath('tenant-a')).toBe('gitops/tenants/tenant-a-values.yaml');
    expect(config.fileUrl('gitops/x y.yaml')).toBe(`${repository}/blob/main/gitops/x%20y.yaml`);
    expect(config.treeUrl('gitops/tenants')).toBe(`${repository}/tree/main/gitops/tenants`);
    expect(config.treeUrl('')).toBe(`${repository}/tree/main`);
    expect(config.editUrl('a.yaml')).toBe(`${repository}/edit/main/a.yaml`);
    expect(config.policyPath).toBe('gitops/policy/releases.yaml');
  });

  it('takes what is set', () => {
    const set = { repository, branch: 'release/1.x', policyPath: ' rules.yaml ', pollSeconds: 1 };
    const config = read({ ...set });
    expect(config).toMatchObject({
      branch: 'release/1.x',
      policyPath: 'rules.yaml',
      pollSeconds: 1,
    });
    expect(config.fileUrl('a/b#c')).toBe(`${repository}/blob/release/1.x/a/b%23c`);
    expect(read({ repository, pollSeconds: '3600' }).pollSeconds).toBe(3600);
  });

  it.each([
    ['https://github.com/acme/platform.git', 'https://github.com/acme/platform'],
    ['https://github.com/acme/platform/', 'https://github.com/acme/platform'],
    ['https://github.com/acme/platform//', 'https://github.com/acme/platform'],
    ['https://github.com/acme/my.github', 'https://github.com/acme/my.github'],
    [' https://github.com/acme/platform ', 'https://github.com/acme/platform'],
  ])('takes the address %j as %s', (address, url) => {
    expect(read({ repository: address }).repository.url).toBe(url);
  });

  it('takes a repository of GitHub Enterprise on a host of its own', () => {
    const url = 'https://ghe.example.com/acme/platform';
    expect(read({ repository: url }).repository).toMatchObject({ url, host: 'ghe.example.com' });
  });

  it.each([
    ['https://gitlab.example.com/acme/group/platform', 'GitLab groups'],
    ['https://gitlab.example.com/acme/group/platform/-/tree/main', 'GitLab'],
    ['https://gitlab.com/acme/platform', 'GitLab'],
    ['https://gitlab.com/acme/group/sub/platform.git', 'GitLab'],
    ['git@gitlab.com:acme/group/platform.git', 'GitLab'],
    ['git@gitlab.example.com:acme/group/platform.git', 'GitLab groups'],
    ['https://dev.azure.com/acme/proj/_git/platform', 'Azure DevOps'],
    ['https://acme.visualstudio.com/proj/_git/platform', 'Azure DevOps'],
    ['https://tfs.example.com/acme/_git/platform', 'Azure DevOps'],
    ['git@ssh.dev.azure.com:v3/acme/proj/platform', 'Azure DevOps'],
    ['https://bitbucket.org/acme/platform', 'Bitbucket'],
    ['ssh://git@bitbucket.org/acme/platform.git', 'Bitbucket'],
    ['https://git.example.com/scm/acme/platform.git', 'Bitbucket'],
    ['https://git.example.com/projects/ACME/repos/platform/browse', 'Bitbucket'],
    ['https://codeberg.org/acme/platform', 'Forgejo and Gitea'],
  ])('refuses %s, which is of %s, in one sentence with the cure', (address, name) => {
    const refusal = new RegExp(
      `^Configuration tenantReleases\\.gitops\\.repository "[^"]+" is an address of ${name}; only GitHub and GitHub Enterprise are supported: mirror the repository there and set its address, for example \\S+$`,
    );
    expect(() => read({ repository: address })).toThrow(refusal);
  });

  it.each([
    ['git@github.com:acme/platform.git', 'https://github.com/acme/platform'],
    ['org-1234@github.com:acme/platform', 'https://github.com/acme/platform'],
    ['ssh://git@github.com/acme/platform.git', 'https://github.com/acme/platform'],
    ['ssh://git@ssh.github.com:443/acme/platform.git', 'https://github.com/acme/platform'],
    ['ssh://git:secret@ghe.example.com:7999/acme/a', 'https://ghe.example.com/acme/a'],
    ['git://ghe.example.com/acme/a.git', 'https://ghe.example.com/acme/a'],
  ])('of the SSH address %s says what to write', (address, instead) => {
    const refusal = `Configuration tenantReleases.gitops.repository is an SSH address; set it to ${instead}`;
    expect(() => read({ repository: address })).toThrow(new Error(refusal));
  });

  it.each([
    'https://x-access-token:secret@github.com:acme/platform.git',
    'https://user:secret#1@github.com/acme/platform',
    'https://user:secret@github.com/acme/platform',
    'https://user:secret%40github.com/acme/platform',
    'user:secret#1@github.com/acme/platform',
    'ssh://git:secret@github.com:acme/platform.git',
    'ssh://git:secret#1@github.com/acme/platform.git',
    'ssh://github.com/secret@acme/platform.git',
    'secret@github.com:acme:platform',
    'secret',
    'https://github.com/acme/platform?access_token=secret',
    'https://github.com/acme/platform#secret',
    'https://gitlab.com/acme/platform?access_token=secret',
    'https://gitlab.com/secret@acme/platform',
    'https://github.com/acme/platform@secret',
  ])('does not repeat what may be a secret: %s', address => {
    const refusal = /^Configuration tenantReleases\.gitops\.repository (?!.*secret)[^\n]+$/;
    expect(() => read({ repository: address })).toThrow(refusal);
  });

  it.each(['refs/heads/main', 'heads/main', ' main '])('takes the branch %j as main', branch => {
    expect(read({ repository, branch }).branch).toBe('main');
  });

  it.each([
    [{}, /gitops\.repository is missing; set it/],
    [{ repository: '' }, /gitops\.repository is missing/],
    [{ repository: 7 }, /gitops\.repository must be a text, not 7/],
    [{ repository: 'acme/platform' }, /gitops\.repository "acme\/platform" is not a URL/],
    [{ repository: 'https://github.com/acme' }, /does not name an owner and a repository/],
    ...['github.com/acme/a/tree/main', 'github.com/acme/a/b', 'ghe.example.com/acme/a/blob/x'].map(
      (address): [object, RegExp] => [
        { repository: `https://${address}` },
        /does not name an owner and a repository/,
      ],
    ),
    [{ repository: 'https://:token@github.com/acme/a' }, /holds credentials/],
    [{ repository: 'file:///acme/a' }, /does not name an owner and a repository/],
    ...['acme/a%2Fb', 'acme/%24x', '%24x/a', 'acme/a%20', 'acme/a?x=1', 'acme/a#x'].map(
      (path): [object, RegExp] => [
        { repository: `https://github.com/${path}` },
        /does not name an owner and a repository; set it to the address/,
      ],
    ),
    ...['/main', 'a..b', 'a b', 'a?b', 'a~1'].map((branch): [object, RegExp] => [
      { repository, branch },
      /gitops\.branch ".*is not a branch name/,
    ]),
    [{ repository, branch: '../x' }, /gitops\.branch "..\/x" is not a branch name/],
    [{ repository, pollSeconds: 'often' }, /gitops\.pollSeconds must be a number of seconds/],
    ...[0, 0.9, 3601, Infinity, true, false, '', [5], { seconds: 5 }].map(
      (pollSeconds): [object, RegExp] => [
        { repository, pollSeconds },
        /gitops\.pollSeconds must be a number of seconds/,
      ],
    ),
    [{ repository, policyPath: '' }, /gitops\.policyPath is missing/],
    [{ repository, policyPath: ['x'] }, /gitops\.policyPath must be a text, not a list/],
    [{ repository: { url: 'x' } }, /gitops\.repository must be a text, not a block of keys/],
    ...[
      './gitops/policy/releases.yaml',
      '/gitops/policy/releases.yaml',
      'gitops//policy/releases.yaml',
      'gitops/x/../policy/releases.yaml',
      'gitops/policy/releases.yaml/',
      'gitops\\policy\\releases.yaml',
    ].map((policyPath): [object, RegExp] => [
      { repository, policyPath },
      /gitops\.policyPath must be a path from the repository's root, without a leading/,
    ]),
    [{ repository, policyPath: 'gitops/*/releases.yaml' }, /gitops\.policyPath holds "\*"/],
    [
      { repository, valuesPath: 'tenants/values.yaml' },
      /gitops\.valuesPath must hold \{tenant\} once/,
    ],
    [
      { repository, valuesPath: '{tenant}/{tenant}.yaml' },
      /gitops\.valuesPath must hold \{tenant\} once/,
    ],
    [{ repository, valuesPath: '{tenant}/{region}.yaml' }, /holds \{region\}/],
    [{ repository, valuesPath: '/x/{tenant}.yaml' }, /must be a path from the repository's root/],
    ...[
      'x/../{tenant}.yaml',
      './{tenant}.yaml',
      'x//{tenant}.yaml',
      '{tenant}/',
      'x\\{tenant}',
    ].map((valuesPath): [object, RegExp] => [
      { repository, valuesPath },
      /must be a path from the repository's root, without a leading/,
    ]),
    [
      { repository, valuesPath: 'x/**/{tenant}.yaml' },
      /holds "\*\*", which cannot be used; write one/,
    ],
    ...[
      '{tenant}*',
      '*{tenant}',
      '{tenant}-*',
      '*-{tenant}',
      '{tenant}{service}',
      '{tenant}-{service}',
      '{service}-v1-{tenant}',
    ].map((name): [object, RegExp] => [
      { repository, valuesPath: `x/${name}.yaml` },
      /gitops\.valuesPath needs a separator that no name holds between two placeholders/,
    ]),
    ...['many', 0, 1023, 1_048_577, 2048.5].map((maxFileBytes): [object, RegExp] => [
      { repository, maxFileBytes },
      /gitops\.maxFileBytes must be a whole number of bytes/,
    ]),
  ])('refuses %j in one line that names the key', (gitops, message) => {
    expect(() => read(gitops)).toThrow(message);
    expect(() => read(gitops)).toThrow(/^Configuration tenantReleases\.gitops\.[^\n]*$/);
  });
});

describe('paths of tenant files', () => {
  const one = read({ repository });
  const two = read({ repository, valuesPath: 'env/prod/{tenant}/{service}.yaml' });

  it.each([
    ['gitops/tenants/tenant-a-values.yaml', { tenant: 'tenant-a' }],
    ['gitops/tenants/Odd Name-values.yaml', { tenant: 'Odd Name' }],
    ['gitops/tenants/tenant-a-values.yml', undefined],
    ['gitops/tenants/sub/tenant-a-values.yaml', undefined],
    ['gitops/tenants/README.md', undefined],
    ['x/gitops/tenants/tenant-a-values.yaml', undefined],
    ['gitops/tenants/tenant-a-valuesXyaml', undefined],
  ])('finds the tenant of %s', (path, match) => {
    expect(one.matchTenantFile(path)).toEqual(match);
  });

  it('knows a second service', () => {
    expect(two.valuesFolder).toBe('env/prod');
    expect(two.tenantFilePath('tenant-a', 'demo-api')).toBe('env/prod/tenant-a/demo-api.yaml');
    expect(two.matchTenantFile('env/prod/tenant-a/demo-api.yaml')).toEqual({
      tenant: 'tenant-a',
      service: 'demo-api',
    });
    expect(() => two.tenantFilePath('tenant-a')).toThrow(/service: is needed/);
  });

  it.each(['../x', 'a/b', '', '-a', 'A', 'a\n', 'a-', '{tenant}'])(
    'makes no path of the service %j',
    service => {
      expect(() => two.tenantFilePath('tenant-a', service)).toThrow(
        `service: "${service}" is not a name`,
      );
      expect(() => one.tenantFilePath('tenant-a', service)).toThrow(/is not a name/);
    },
  );

  it.each(['a', '1', 'demo-api'])('makes one of the service %j', service => {
    expect(two.tenantFilePath('tenant-a', service)).toBe(`env/prod/tenant-a/${service}.yaml`);
    expect(one.tenantFilePath('tenant-a', service)).toBe('gitops/tenants/tenant-a-values.yaml');
  });

  it.each([
    ['{tenant}.yaml', '', 'a.yaml', { tenant: 'a' }],
    ['{service}/{tenant}.yaml', '', 'x/a.yaml', { tenant: 'a', service: 'x' }],
    ['a.b+(c)/{tenant}/v.yaml', 'a.b+(c)', 'a.b+(c)/a/v.yaml', { tenant: 'a' }],
    ['a.b/x-{tenant}.yaml', 'a.b', 'axb/x-a.yaml', undefined],
  ])('reads %s literally', (valuesPath, folder, path, match) => {
    const config = read({ repository, valuesPath });
    expect(config.valuesFolder).toBe(folder);
    expect(config.matchTenantFile(path)).toEqual(match);
  });

  it.each([
    ['{tenant}.yaml', [], ['x']],
    ['{tenant}/{service}.yaml', ['x'], ['x/y']],
    [
      'env/prod-{service}/x/{tenant}.yaml',
      ['env', 'env/prod-api', 'env/prod-api/x'],
      ['e', 'prod-api', 'env/dev', 'env/prod-', 'env/prod-api/y', 'env/prod-api/x/z'],
    ],
  ])('knows which folders may hold files like %s', (valuesPath, may, mayNot) => {
    const { mayHoldTenantFiles } = read({ repository, valuesPath });
    expect([...may, ...mayNot].filter(mayHoldTenantFiles)).toEqual(may);
  });

  it.each([
    ['clusters/eu-1/acme/values.yaml', { tenant: 'acme' }],
    ['clusters/us-1/bravo/values.yaml', { tenant: 'bravo' }],
    ['clusters/eu-1/a/b/values.yaml', undefined],
    ['clusters/acme/values.yaml', undefined],
  ])('takes * for the name of one folder: %s', (path, match) => {
    const config = read({ repository, valuesPath: 'clusters/*/{tenant}/values.yaml' });
    expect(config.valuesFolder).toBe('clusters');
    expect(config.matchTenantFile(path)).toEqual(match);
    expect(() => config.tenantFilePath('acme')).toThrow(
      /gitops\.valuesPath holds "\*", so that the path of a new file of acme cannot be told/,
    );
  });

  it.each([
    ['{tenant}_*.yaml', 'acme-eu_prod_1.yaml', { tenant: 'acme-eu' }],
    ['*_{tenant}.yaml', 'prod_1_acme-eu.yaml', { tenant: 'acme-eu' }],
    [
      '{tenant}_{service}.yaml',
      'acme-eu_demo-api.yaml',
      { tenant: 'acme-eu', service: 'demo-api' },
    ],
    [
      '{service}.{tenant}.yaml',
      'demo-api.acme-eu.yaml',
      { tenant: 'acme-eu', service: 'demo-api' },
    ],
    ['*-*/{tenant}.yaml', 'eu-1/acme-eu.yaml', { tenant: 'acme-eu' }],
    ['{tenant}_*.yaml', 'acme.yaml', undefined],
  ])('tells names of %s apart: %s', (valuesPath, path, match) => {
    expect(read({ repository, valuesPath }).matchTenantFile(path)).toEqual(match);
  });

  it.each(['../x', 'a/b', '', 'kube-system', 'A'])('makes no path of the name %j', name => {
    expect(() => one.tenantFilePath(name)).toThrow(/^name: /);
  });
});

describe('requireGithubIntegration', () => {
  const gitops = read({ repository });
  const host = 'localhost:7101';
  const apiBaseUrl = 'http://localhost:7101/api/v3';

  it.each([
    { host, apiBaseUrl, token: 'x' },
    { host, apiBaseUrl, apps: [{}] },
  ])('takes %j', integration => {
    expect(() => requireGithubIntegration(gitops, integration)).not.toThrow();
  });

  it.each([
    [undefined, /^Configuration integrations\.github has no entry for host localhost:7101/],
    [{ host, token: 'x' }, /^Configuration integrations\.github has no apiBaseUrl for host/],
    [
      { host, apiBaseUrl },
      /^Configuration integrations\.github has no token for host localhost:7101/,
    ],
    [{ host, apiBaseUrl, apps: [] }, /^Configuration integrations\.github has no token for host/],
  ])('refuses %j and says what to add', (integration, message) => {
    expect(() => requireGithubIntegration(gitops, integration)).toThrow(message);
  });
});
