import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UsageError } from '../verification/arguments.mjs';
import { readDownArguments, readUpArguments } from './arguments.mjs';

const read = (args, env = {}) => readUpArguments(args, { env, callerDirectory: '/home/ada' });

describe('readUpArguments', () => {
  it('has defaults that make a cluster of this checkout', () =>
    assert.deepEqual(read([]), {
      help: false,
      repository: undefined,
      repositoryToken: undefined,
      name: 'tenant-portal',
      argocdPort: 8090,
      apiPort: 6550,
      registryPort: 5510,
      argocdManifest: undefined,
      images: true,
    }));

  it('takes a repository by flag before the environment, and its token from the environment only', () => {
    const env = { GITOPS_REPOSITORY: 'https://a.example/x.git', GITOPS_REPOSITORY_TOKEN: 't' };
    assert.equal(read([], env).repository, 'https://a.example/x.git');
    const given = read(['--repository', 'https://b.example/y.git', '--no-images'], env);
    assert.equal(given.repository, 'https://b.example/y.git');
    assert.equal(given.repositoryToken, 't');
    assert.equal(given.images, false);
  });

  it('takes files relative to the caller', () =>
    assert.equal(
      read(['--argocd-manifest', 'install.yaml']).argocdManifest,
      '/home/ada/install.yaml',
    ));

  for (const [args, message] of [
    [['--wat'], /Unknown option '--wat'/],
    [['--name', 'Tenant'], /--name Tenant: use at most 32/],
    [['--name', 'a'.repeat(33)], /at most 32/],
    [['--api-port', '70000'], /--api-port 70000: use a whole number/],
    [['--argocd-port', '8o'], /--argocd-port 8o/],
    [['--repository', 'git@github.com:acme/platform.git'], /give an https URL/],
    [['--repository', 'http://git.example/x.git'], /give an https URL/],
  ]) {
    it(`refuses ${args.join(' ')}`, () =>
      assert.throws(
        () => read(args),
        error => error instanceof UsageError && message.test(error.message),
      ));
  }

  it('does not repeat a password that stands in the URL', () =>
    assert.throws(
      () => read(['--repository', 'https://ada:hush@git.example/x.git']),
      error => !error.message.includes('hush') && /GITOPS_REPOSITORY_TOKEN/.test(error.message),
    ));
});

describe('readDownArguments', () => {
  it('has the same default name', () => assert.equal(readDownArguments([]).name, read([]).name));
  it('refuses what it does not know', () =>
    assert.throws(() => readDownArguments(['--all']), UsageError));
});
