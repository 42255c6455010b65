import path from 'node:path';
import { git, GitError, type GitPerson, type SigningKey } from '@internal/gitops';
import type { Context } from './context';
import { UsageError } from './usageError';

/** Options that say how commits are signed. */
export interface SigningOptions {
  signingKey?: string;
  signingFormat?: string;
}

/** Who a commit names, and the key that it is signed with. */
export interface CommitPeople {
  author: GitPerson;
  committer: GitPerson;
  signing?: SigningKey;
}

/** https://api.github.com/users/github-actions[bot] */
const actions = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};

/**
 * The author is the person: as Git's own variables say, else who started the workflow, else as the configuration of Git
 * does. The committer is the program that wrote it for them.
 *
 * @param root - absolute path of the checkout
 * @throws UsageError
 */
export async function readCommitPeople(
  { env, directory }: Context,
  root: string,
  options: SigningOptions,
): Promise<CommitPeople> {
  const author = personOf(env.GIT_AUTHOR_NAME, env.GIT_AUTHOR_EMAIL) ??
    starterOf(env) ??
    personOf(await setting(root, 'user.name'), await setting(root, 'user.email')) ?? {
      name: 'gitops',
      email: 'gitops@localhost',
    };
  const committer =
    personOf(env.GIT_COMMITTER_NAME, env.GIT_COMMITTER_EMAIL) ??
    (env.GITHUB_ACTIONS === 'true' ? actions : author);
  const key = options.signingKey ?? env.GITOPS_SIGNING_KEY;
  const format = options.signingFormat ?? (env.GITOPS_SIGNING_FORMAT || 'ssh');
  if (format !== 'ssh' && format !== 'openpgp') {
    throw new UsageError('GITOPS_SIGNING_FORMAT: must be ssh or openpgp');
  }
  if (!key) return { author, committer };
  const isFile = format === 'ssh' && !/^(key::|ssh-|ecdsa-|sk-)/.test(key);
  return {
    author,
    committer,
    signing: { format, key: isFile ? path.resolve(directory, key) : key },
  };
}

function personOf(name: string | undefined, email: string | undefined): GitPerson | undefined {
  return name && email ? { name, email } : undefined;
}

/** Who started the workflow: https://docs.github.com/actions/reference/workflows-and-actions/variables */
function starterOf({ GITHUB_ACTOR: name, GITHUB_ACTOR_ID: id }: Context['env']) {
  if (!name) return undefined;
  return { name, email: `${id ? `${id}+` : ''}${name}@users.noreply.github.com` };
}

/** A setting of Git as the checkout and its user have it. */
async function setting(root: string, key: string): Promise<string | undefined> {
  try {
    return (await git(root, ['config', '--get', key])).toString().trim();
  } catch (error) {
    // It is not set, there is no Git, or this is no checkout.
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
