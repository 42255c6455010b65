import { normalizeRepository, repositoryMatcher } from './repositoryAddress';

describe('normalizeRepository', () => {
  it.each([
    'https://git.example.com/Acme/Platform',
    'https://git.example.com/acme/platform.git',
    'https://git.example.com/acme/platform.git/',
    'https://git.example.com:443/acme/platform',
    'http://git.example.com/acme/platform',
    'https://user:secret@git.example.com/acme/platform.GIT',
    'https://git.example.com/acme/platform?x=1#y',
    ' https://GIT.example.com/acme/platform ',
    'git@git.example.com:acme/platform.git',
    'git.example.com:acme/platform',
    'git@git.example.com:/acme/platform.git',
    'ssh://git@git.example.com/acme/platform.git',
    'ssh://git@git.example.com:2222/acme/platform',
    'git+ssh://git@git.example.com:2222/acme/platform',
  ])('takes %s for the same', address => {
    expect(normalizeRepository(address)).toBe('git.example.com/acme/platform');
  });

  it('takes the host of GitHub’s SSH over port 443 for GitHub', () => {
    const expected = 'github.com/acme/platform';
    expect(normalizeRepository('ssh://git@ssh.github.com:443/acme/platform.git')).toBe(expected);
    expect(normalizeRepository('https://github.com/acme/platform')).toBe(expected);
    expect(normalizeRepository('ssh://git@ssh.example.com/acme/platform')).toBe(
      'ssh.example.com/acme/platform',
    );
  });

  it.each([
    ['another port', 'https://git.example.com:8443/acme/platform'],
    ['another host', 'https://example.com/acme/platform'],
    ['another owner', 'git@git.example.com:other/platform.git'],
    ['a longer path', 'https://git.example.com/acme/platform/more'],
    ['a shorter one', 'https://git.example.com/acme'],
    ['a path without host', 'acme/platform'],
    ['a chart registry', 'ghcr.io/acme/platform'],
    ['an OCI registry', 'oci://ghcr.io/acme/platform'],
    ['a port that looks like scp', 'git.example.com:8443/acme/platform'],
    ['no text', ''],
    ['an odd one', '{{.repoURL}}'],
    ['an odd host', 'https://[bad/acme/platform'],
  ])('tells %s apart', (_, address) => {
    expect(normalizeRepository(address)).not.toBe('git.example.com/acme/platform');
    expect(repositoryMatcher(['https://git.example.com/acme/platform'])(address)).toBe(false);
  });
});

describe('repositoryMatcher', () => {
  it('knows every address of the repository, also the one that it was moved to', () => {
    const matches = repositoryMatcher([
      'https://github.com/acme/old',
      'https://github.com/acme/new',
    ]);
    const asked = ['git@github.com:acme/old.git', 'git@github.com:acme/new.git'];
    expect([...asked, ...asked].map(matches)).toEqual([true, true, true, true]);
    expect(matches('https://github.com/acme/other')).toBe(false);
  });

  it('goes on telling when more addresses were asked than it remembers', () => {
    const matches = repositoryMatcher(['https://github.com/acme/x']);
    for (let at = 0; at < 1_100; at += 1) expect(matches(`https://github.com/a/${at}`)).toBe(false);
    expect(matches('https://github.com/acme/x.git')).toBe(true);
    expect(matches('https://github.com/acme/y')).toBe(false);
  });
});
