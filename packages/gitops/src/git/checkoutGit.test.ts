import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runGit } from './runGit';

jest.setTimeout(30_000);

/** Git in a checkout that somebody else has made, as its reader has configured it. */
describe('runGit in a checkout', () => {
  const before = { ...process.env };
  let checkout: string;
  const git = (...args: string[]) =>
    runGit({ checkout, args, timeoutMs: 20_000 }).then(output => output.toString().trim());

  beforeEach(async () => {
    checkout = await mkdtemp(path.join(tmpdir(), 'checkout-'));
    await git('init', '--quiet', '--initial-branch=main');
  });

  afterEach(async () => {
    process.env = { ...before };
    await rm(checkout, { recursive: true, force: true });
  });

  it('goes by settings of the person, wherever they stand, and by its own above them', async () => {
    process.env.HOME = checkout;
    delete process.env.XDG_CONFIG_HOME;
    delete process.env.GIT_CONFIG_GLOBAL;
    await writeFile(path.join(checkout, '.gitconfig'), '[safe]\n\tdirectory = /from/home\n');
    Object.assign(process.env, {
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '/from/environment',
      GIT_CONFIG_KEY_1: 'core.fsmonitor',
      GIT_CONFIG_VALUE_1: '/bin/sh',
    });
    expect((await git('config', '--get-all', 'safe.directory')).split('\n')).toEqual([
      '/from/home',
      '/from/environment',
    ]);
    expect(await git('config', '--get', 'core.fsmonitor')).toBe('false');
  });

  it('runs nothing that the checkout names', async () => {
    const trap = path.join(checkout, 'trap.sh');
    await writeFile(trap, `#!/bin/sh\ntouch ${checkout}/sprung\n`, { mode: 0o755 });
    await git('config', 'core.fsmonitor', trap);
    await git('config', 'core.pager', trap);
    await writeFile(path.join(checkout, 'a'), 'x');
    expect(await git('status', '--porcelain')).not.toContain('sprung');
    expect(await git('ls-files', '--others')).not.toContain('sprung');
  });

  it('looks at its own folder, also within a hook of another repository', async () => {
    process.env.GIT_DIR = '/nowhere';
    process.env.GIT_INDEX_FILE = '/nowhere/index';
    expect(await git('rev-parse', '--git-dir')).toBe('.git');
    expect(await git('ls-files')).toBe('');
  });
});
