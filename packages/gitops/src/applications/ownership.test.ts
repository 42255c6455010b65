import { memoryCheckout } from '../checkout/checkout';
import { isOwnRevision, ownAddresses } from './ownership';

const at = (revisions: string[], origin?: string) =>
  memoryCheckout({ 'a/x.yaml': '' }, { revisions, ...(origin ? { origin } : {}) });

it.each<[string, string[], string, string[], boolean]>([
  ['the branch itself', ['dev'], 'dev', ['dev', 'main'], true],
  ['HEAD', ['dev'], 'HEAD', ['dev'], true],
  ['main, beside Applications of the branch', ['dev'], 'main', ['dev', 'main'], false],
  ['main, from a branch of work', ['fix-1'], 'main', ['main'], true],
  ['another branch that all follow', ['main'], 'editing', ['editing'], false],
  ['main, where Git says nothing', [], 'main', ['main', 'dev'], true],
  ['the branch that all follow, where Git says nothing', [], 'trunk', ['trunk'], true],
  ['a branch that some follow, where Git says nothing', [], 'dev', ['dev', 'main'], false],
])('tells whether %s is what is checked out', (_, revisions, revision, named, expected) => {
  expect(isOwnRevision(at(revisions), revision, named)).toBe(expected);
});

it.each<[string, string | undefined, string[], string[], string[]]>([
  ['origin', 'git@x.com:a/b.git', [], ['https://x.com/a/b', 'https://x.com/c/d'], ['x.com/a/b']],
  [
    'what is configured',
    'git@x.com:a/b.git',
    ['https://x.com/e/f'],
    ['https://x.com/e/f'],
    ['x.com/e/f', 'x.com/a/b'],
  ],
  [
    'a mirror of which the folders are here',
    '/srv/mirror',
    [],
    ['https://x.com/c/d'],
    ['x.com/c/d'],
  ],
  [
    'another name of the repository',
    'https://x.com/old/b',
    [],
    ['https://x.com/new/b'],
    ['x.com/old/b', 'x.com/new/b'],
  ],
])('knows the repository by %s', (_, origin, configured, named, expected) => {
  const sources = named.map(repoURL => ({ repoURL, path: 'a' }));
  expect([...ownAddresses(at([], origin), configured, sources)]).toEqual(expected);
});

it('does not take a repository for this one whose folders are elsewhere', () => {
  const sources = [{ repoURL: 'https://x.com/c/d', path: 'b' }];
  expect([...ownAddresses(at([]), [], sources)]).toEqual([]);
});
