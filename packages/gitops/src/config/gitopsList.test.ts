import { ownEntryOf, readGitopsList } from './gitopsList';

const own = { repository: 'https://github.com/acme/platform' };
const layouts = [{ path: 'overlays/{tenant}' }];
const shop = { repository: 'https://git.example.com/acme/shop', branch: 'live', layouts };

function read(gitops: unknown) {
  return readGitopsList({
    getOptional: key => (key === 'tenantReleases.gitops' ? gitops : undefined),
  });
}

describe('readGitopsList', () => {
  it('takes one repository, in a list or not', () => {
    const [alone, ...none] = read(own);
    expect(none).toEqual([]);
    expect(alone).toMatchObject({ isOwn: true, gitops: { key: 'tenantReleases.gitops' } });
    const [listed] = read([own]);
    expect(listed.gitops).toMatchObject({
      key: 'tenantReleases.gitops[0]',
      repository: alone.gitops.repository,
    });
  });

  it('takes several, each with settings of its own', () => {
    const entries = read([{ ...shop, pollSeconds: 60 }, own]);
    expect(entries.map(({ gitops: { branch, pollSeconds } }) => [branch, pollSeconds])).toEqual([
      ['live', 60],
      ['main', 15],
    ]);
    expect(ownEntryOf(entries)).toBe(entries[1]);
    expect(ownEntryOf(read([shop]))).toBeUndefined();
    expect(entries[0].settings.getOptional('tenantReleases.gitops[0].layouts')).toEqual(layouts);
  });

  it('takes a repository twice by another branch', () => {
    expect(read([shop, { ...shop, branch: 'next' }])).toHaveLength(2);
  });

  it.each<[string, unknown, string]>([
    ['no repository', [], 'tenantReleases.gitops is an empty list'],
    ['no block', [own, 'https://x'], 'tenantReleases.gitops[1] must be a block of keys'],
    ['nothing', [shop, null], 'tenantReleases.gitops[1] must be a block of keys'],
    ['a typo', [own, { ...shop, brunch: 'x' }], 'tenantReleases.gitops[1].brunch is not known'],
    ['no address', [own, { layouts }], 'tenantReleases.gitops[1].repository is missing'],
    ['no branch', [{ ...shop, branch: 'a b' }], 'tenantReleases.gitops[0].branch "a b" is not'],
    ['a time', [own, { ...shop, pollSeconds: 0 }], 'tenantReleases.gitops[1].pollSeconds must'],
    [
      'two of our own',
      [own, shop, { repository: 'https://github.com/acme/other' }],
      'tenantReleases.gitops[2] has no layouts, like tenantReleases.gitops[0]: one',
    ],
    [
      'one twice',
      [own, { ...own, layouts, repository: 'https://GitHub.com/Acme/platform.git/' }],
      'tenantReleases.gitops[1].repository is the repository and branch of tenantReleases.gitops[0]',
    ],
    [
      'one twice by an alias',
      [{ ...shop, aliases: ['https://github.com/acme/platform.git'], branch: 'main' }, own],
      'tenantReleases.gitops[1].repository is the repository and branch of tenantReleases.gitops[0]',
    ],
  ])('refuses %s', (_, gitops, message) => {
    expect(() => read(gitops)).toThrow(message);
  });
});
