import { isRefName, isRepositoryName, isTreePath } from './names';
import { gitVersionProblem } from './version';

describe('names', () => {
  it.each(['main', 'feature/x', 'onboard-tenant-c', 'v1.2', 'a@b', 'ümlaut'])(
    'takes the branch %j',
    name => {
      expect(isRefName(name)).toBe(true);
    },
  );
  it.each([
    '',
    '-x',
    '@',
    'HEAD',
    'a..b',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[',
    'a\\b',
    'a@{1}',
    'a/',
    '/a',
    'a//b',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a.',
    'a\nb',
    'a\0',
    'x'.repeat(201),
  ])('refuses the branch %j', name => {
    expect(isRefName(name)).toBe(false);
  });
  it.each(['a', 'a/b.yaml', 'a b/c', '.github/workflows/x.yml', '-x', 'ü', '..a', 'a\\b'])(
    'takes the path %j',
    path => {
      expect(isTreePath(path)).toBe(true);
    },
  );
  it.each([
    '',
    '/',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    'a/../b',
    './a',
    '.git',
    'a/.GIT/b',
    'a\nb',
    'a\0b',
  ])('refuses the path %j', path => {
    expect(isTreePath(path)).toBe(false);
  });
  it.each([
    ['platform', true],
    ['demo-api', true],
    ['..', false],
    ['a/b', false],
    ['x.git', false],
    ['.x', false],
    ['a..b', false],
    ['', false],
  ])('judges the repository %j', (name, fine) => {
    expect(isRepositoryName(name)).toBe(fine);
  });
});

describe('the version of Git', () => {
  it.each([
    ['git version 2.39.5', undefined],
    ['git version 2.38.0', undefined],
    ['git version 3.0.1', undefined],
    ['git version 2.50.1 (Apple Git-155)', undefined],
    ['git version 2.37.9', 'git 2.37 is too old: the forge needs 2.38 or newer'],
    ['git version 1.99', 'git 1.99 is too old: the forge needs 2.38 or newer'],
    ['bash: git: not found', 'cannot read the version of Git from "bash: git: not found"'],
  ])('judges %j', (output, problem) => {
    expect(gitVersionProblem(output)).toBe(problem);
  });
});
