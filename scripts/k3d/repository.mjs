/** The Git repository that Argo CD reads: a remote one, or a bare one on this machine with the last commit. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withoutGitRepository } from '../lib/environment.mjs';
import { CureError } from '../lib/output.mjs';
import { run } from '../lib/processes.mjs';

/** What the files of this repository name as their source. */
export const committedUrl = 'https://github.com/acme/platform.git';
/** The same repository inside the cluster, see cluster.yaml and manifests/local-git. */
export const localUrl = 'file:///git/platform.git';
/** What the files name as their targetRevision. */
const branch = 'main';
/** In this order: the projects, then the policies that judge what root brings, then root. */
export const bootstrapFiles = ['project.yaml', 'platform.yaml', 'root.yaml'];

/**
 * Makes sure that Argo CD finds a repository whose files name itself as their source.
 * @param repository - the remote one's URL; undefined publishes the checkout's last commit into `gitFolder`
 * @returns `{ url, bootstrap }`: the URL for Argo CD and the texts of {@link bootstrapFiles}
 */
export async function provideRepository({ repository, token, checkout, gitFolder }) {
  const work = await mkdtemp(path.join(tmpdir(), 'tenant-portal-git-'));
  const tree = path.join(work, 'tree');
  try {
    if (repository) {
      await clone(['--depth', '1', '--branch', branch, repository, tree], token);
      await checkSource(tree, repository);
      return { url: repository, bootstrap: await readBootstrap(tree) };
    }
    await clone(['--quiet', checkout, tree]);
    await publish(tree, path.join(gitFolder, 'platform.git'));
    return { url: localUrl, bootstrap: await readBootstrap(tree) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @param token - goes to git by the environment, where other users of the machine do not see it */
async function clone(args, token) {
  const header = token && `Authorization: Basic ${btoa(`x-access-token:${token}`)}`;
  const env = {
    ...withoutGitRepository(process.env),
    GIT_TERMINAL_PROMPT: '0',
    ...(header && {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: header,
    }),
  };
  const { code, output } = await run('git', ['clone', ...args], { env });
  if (code === 0) return;
  const why = output.trim().split('\n').pop();
  throw new CureError(
    `git clone ${args.at(
      -2,
    )}: ${why}. It has to have a branch ${branch}, and a private repository needs GITOPS_REPOSITORY_TOKEN.`,
  );
}

async function git(tree, args, env = {}) {
  const { code, output } = await run('git', ['-C', tree, ...args], {
    env: { ...withoutGitRepository(process.env), ...env },
  });
  if (code !== 0) throw new CureError(`git ${args[0]}: ${output.trim()}`);
  return output.trim();
}

/** Argo CD would follow the files to the repository that they name; the admission policies allow that one only. */
async function checkSource(tree, url) {
  for (const file of await filesOf(path.join(tree, 'gitops'))) {
    const text = await readFile(file, 'utf8');
    const named = /^\s*repoURL:\s*['"]?([^'"\s]+)/m.exec(text)?.[1] ?? url;
    if (named === url && (url === committedUrl || !text.includes(committedUrl))) continue;
    throw new CureError(
      `${path.relative(tree, file)} of ${url} names ${
        named === url ? committedUrl : named
      } as its source: replace that by ${url} in gitops/ and templates/, commit and push.`,
    );
  }
}

/** Commits the change of the source on top of the checkout's commit and puts it on the bare repository's main. */
async function publish(tree, bare) {
  await rm(path.join(tree, '.git', 'hooks'), { recursive: true, force: true });
  for (const folder of ['gitops', 'templates']) {
    for (const file of await filesOf(path.join(tree, folder))) {
      const text = await readFile(file, 'utf8');
      if (text.includes(committedUrl))
        await writeFile(file, text.replaceAll(committedUrl, localUrl));
    }
  }
  // The same commit every time: a second run changes nothing that Argo CD would see.
  const date = await git(tree, ['log', '-1', '--format=%cI']);
  const by = { NAME: 'k3d-up', EMAIL: 'k3d-up@localhost', DATE: date };
  const env = Object.fromEntries(
    Object.entries(by).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ]),
  );
  const message = 'chore: read from the repository of this machine';
  const plain = ['-c', 'commit.gpgsign=false', 'commit', '--quiet', '--allow-empty'];
  await git(tree, [...plain, '--all', '--message', message], env);
  await mkdir(bare, { recursive: true });
  // Readable by all: the repo server runs as another user.
  await git(bare, ['init', '--quiet', '--bare', '--shared=world', `--initial-branch=${branch}`]);
  await chmod(path.dirname(bare), 0o755);
  // Shared ones refuse it, and each run replaces the commit on top of the checkout's.
  await git(bare, ['config', 'receive.denyNonFastForwards', 'false']);
  await git(tree, ['push', '--quiet', '--force', bare, `HEAD:refs/heads/${branch}`]);
}

async function readBootstrap(tree) {
  const read = file =>
    readFile(path.join(tree, 'gitops', 'bootstrap', file), 'utf8').catch(error => {
      throw new CureError(`gitops/bootstrap/${file}: ${error.code}. Is that a GitOps repository?`);
    });
  return Promise.all(bootstrapFiles.map(read));
}

/** Every file below a folder, links not followed; none when there is no such folder. */
async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(error => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath ?? entry.path, entry.name));
}
