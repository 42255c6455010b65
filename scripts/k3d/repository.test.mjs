import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { withoutGitRepository } from '../lib/environment.mjs';
import { committedUrl, localUrl, provideRepository } from './repository.mjs';

describe('provideRepository', () => {
  const folders = [];
  const env = withoutGitRepository(process.env);
  let checkout;
  let gitFolder;
  const git = (folder, ...args) =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', env }).trim();
  const write = async (file, text) => {
    await mkdir(path.dirname(path.join(checkout, file)), { recursive: true });
    await writeFile(path.join(checkout, file), text);
  };
  const commit = () => {
    git(checkout, 'add', '--all');
    git(checkout, '-c', 'user.name=Ada', '-c', 'user.email=ada@x', 'commit', '-q', '-m', 'feat: x');
  };
  const publish = () => provideRepository({ checkout, gitFolder });

  beforeEach(async () => {
    const base = await mkdtemp(path.join(tmpdir(), 'repository-test-'));
    folders.push(base);
    checkout = path.join(base, 'checkout');
    gitFolder = path.join(base, 'git');
    await mkdir(gitFolder);
    await mkdir(checkout);
    git(checkout, 'init', '-q', '-b', 'main');
    for (const name of ['project', 'platform', 'root']) {
      await write(`gitops/bootstrap/${name}.yaml`, `kind: ${name}\nrepoURL: ${committedUrl}\n`);
    }
    await write('charts/tenant/Chart.yaml', 'name: tenant\n');
    commit();
  });
  after(async () => {
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  it('publishes the last commit with its own URL in place of the committed one', async () => {
    await write('charts/tenant/Chart.yaml', 'name: not committed\n');
    const { url, bootstrap } = await publish();
    assert.equal(url, localUrl);
    assert.deepEqual(bootstrap, [
      `kind: project\nrepoURL: ${localUrl}\n`,
      `kind: platform\nrepoURL: ${localUrl}\n`,
      `kind: root\nrepoURL: ${localUrl}\n`,
    ]);
    const bare = path.join(gitFolder, 'platform.git');
    assert.equal(git(bare, 'show', 'main:charts/tenant/Chart.yaml'), 'name: tenant');
    assert.match(git(bare, 'show', 'main:gitops/bootstrap/root.yaml'), /file:\/\/\/git/);
    assert.equal(git(checkout, 'log', '--format=%s'), 'feat: x', 'the checkout is left alone');
    assert.equal((await stat(path.join(bare, 'HEAD'))).mode % 8, 4, 'others may read');
  });

  it('makes the same commit again, and follows a new one', async () => {
    await publish();
    const bare = path.join(gitFolder, 'platform.git');
    const first = git(bare, 'rev-parse', 'main');
    await publish();
    assert.equal(git(bare, 'rev-parse', 'main'), first);
    await write('charts/tenant/Chart.yaml', 'name: other\n');
    commit();
    await publish();
    assert.notEqual(git(bare, 'rev-parse', 'main'), first);
  });

  it('refuses a repository whose files name another source', () =>
    assert.rejects(provideRepository({ repository: `file://${checkout}`, gitFolder }), error =>
      /^gitops\/bootstrap\/.* names https:\/\/github\.com\/acme\/platform\.git as its source: replace/.test(
        error.message,
      ),
    ));

  it('takes a repository whose files name itself', async () => {
    const repository = `file://${checkout}`;
    for (const name of ['project', 'platform', 'root']) {
      await write(`gitops/bootstrap/${name}.yaml`, `kind: ${name}\nrepoURL: '${repository}'\n`);
    }
    commit();
    const { url, bootstrap } = await provideRepository({ repository, gitFolder });
    assert.equal(url, repository);
    assert.match(bootstrap[2], /^kind: root/);
  });

  it('refuses one whose policies name another source', async () => {
    const repository = `file://${checkout}`;
    for (const name of ['project', 'platform', 'root']) {
      await write(`gitops/bootstrap/${name}.yaml`, `repoURL: ${repository}\n`);
    }
    await write('gitops/platform/policy/settings.yaml', `repository: ${committedUrl}\n`);
    commit();
    await assert.rejects(
      provideRepository({ repository, gitFolder }),
      /^CureError: gitops\/platform\/policy\/settings\.yaml of .* names https:\/\/github\.com\/acme/,
    );
  });

  it('says what git said about a branch that is not there', async () => {
    git(checkout, 'branch', '-m', 'trunk');
    await assert.rejects(
      provideRepository({ repository: `file://${checkout}`, gitFolder }),
      /git clone file:.*main.*It has to have a branch main/,
    );
  });
});
