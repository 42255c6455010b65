import { isRemoteAddress, plainAddress, sameRepository } from './sameRepository';

it.each([
  ['https://github.com/acme/platform', 'git@github.com:acme/platform.git'],
  ['https://GitHub.com/acme/platform.git/', 'ssh://git@github.com:22/acme/platform'],
  ['https://user:secret@git.example.com:8443/a/b.git', 'http://git.example.com:8443/a/b'],
  ['ssh://git@ssh.github.com:443/acme/platform.git', 'https://github.com/acme/platform'],
])('takes %s and %s for one', (one, other) => {
  expect(sameRepository(one, other)).toBe(true);
});

it.each([
  ['https://github.com/acme/platform', 'https://github.com/acme/Platform'],
  ['https://github.com/acme/platform', 'https://gitlab.com/acme/platform'],
  ['https://git.example.com:8443/a/b', 'https://git.example.com/a/b'],
])('tells %s and %s apart', (one, other) => {
  expect(sameRepository(one, other)).toBe(false);
});

it('knows what is on another machine', () => {
  expect(isRemoteAddress('git@github.com:acme/platform')).toBe(true);
  expect(isRemoteAddress('/srv/git/platform')).toBe(false);
  expect(plainAddress('/srv/git/platform.git')).toBe('/srv/git/platform');
});
