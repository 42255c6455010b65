import { GithubRepository, type MirrorOptions, type PullRequestHost } from '@internal/gitops';
import type { Context } from './context';
import { UsageError } from './usageError';

/** Options that say where pull requests are opened. */
export interface HostOptions {
  /** `owner/name`; by default `$GITHUB_REPOSITORY`. */
  repository?: string;
  /** The branch that pull requests go to. */
  base: string;
}

/** A repository at its host: for pull requests, and for Git. */
export interface HostConnection {
  pulls: PullRequestHost;
  git: Omit<MirrorOptions, 'directory'>;
}

/**
 * The repository that pull requests are opened in.
 *
 * @throws UsageError when it is not said where, or as whom
 */
export function connectHost({ env }: Context, options: HostOptions): HostConnection {
  const named = options.repository ?? env.GITHUB_REPOSITORY ?? '';
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(named) ?? [];
  if (!owner || !repo) {
    throw new UsageError('--open-pr: say where with --repository owner/name, or GITHUB_REPOSITORY');
  }
  const token = env.GITHUB_TOKEN;
  if (!token) {
    throw new UsageError(
      '--open-pr: set GITHUB_TOKEN to a token with contents: write and pull-requests: write',
    );
  }
  const apiUrl = (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '');
  if (!isSafe(apiUrl)) {
    throw new UsageError(
      'GITHUB_API_URL: must begin with https:// (http:// only for localhost) and hold no password',
    );
  }
  // The pauses are GitHub's; a forge on this machine, which is reached without TLS, needs none.
  const throttle = apiUrl.startsWith('https:');
  // https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation
  const authorization = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const headers = async () => ({ authorization: `token ${token}` });
  return {
    pulls: new GithubRepository({ owner, repo }, { apiUrl, headers, throttle }),
    git: {
      url: `${pageOf(apiUrl)}/${owner}/${repo}.git`,
      repository: `${owner}/${repo}`,
      branch: options.base,
      authorization: async () => authorization,
    },
  };
}

/**
 * Where a host has its repositories: the token goes nowhere else than to the host that the API is of.
 *
 * @see https://docs.github.com/enterprise-cloud@latest/admin/data-residency/network-details-for-ghecom
 */
function pageOf(apiUrl: string): string {
  const { protocol, host } = new URL(apiUrl);
  const page = /^api\.(github\.com|[\w-]+\.ghe\.com)$/.exec(host)?.[1];
  return page === undefined ? apiUrl.replace(/\/api(\/v3)?$/, '') : `${protocol}//${page}`;
}

/** Whether a token may be sent there: over TLS, or without leaving this machine. */
function isSafe(apiUrl: string): boolean {
  if (!URL.canParse(apiUrl)) return false;
  const { protocol, hostname, username, password } = new URL(apiUrl);
  if (username !== '' || password !== '') return false;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}
