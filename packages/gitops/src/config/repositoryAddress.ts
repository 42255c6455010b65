import { GitopsConfigError } from './GitopsConfigError';

/** The repository that an address names. */
export interface RepositoryAddress {
  /** Without a trailing `/` or `.git`: https://github.com/acme/platform. */
  url: string;
  /** Host and port: `github.com`, `localhost:7101`. */
  host: string;
  owner: string;
  name: string;
}

const example = 'https://github.com/acme/platform';
const cure = `set it to the address of a repository on a host of integrations.github, for example ${example}`;

/** `git@github.com:acme/platform.git`, as `git clone` takes it. */
const scpAddress = /^[\w.-]+@(?<host>[\w.-]+):\/?(?<path>[\w./-]+)$/;

/** Hosts whose API is not GitHub's, by their name. */
const otherHosts: Array<[host: RegExp, name: string]> = [
  [/(^|\.)gitlab\.com$/, 'GitLab'],
  [/(^|\.)bitbucket\.org$/, 'Bitbucket'],
  [/^(ssh\.)?dev\.azure\.com$|\.visualstudio\.com$/, 'Azure DevOps'],
  [/^codeberg\.org$|^gitea\.com$/, 'Forgejo and Gitea'],
];

/** Paths of other hosts, wherever they are installed. */
const otherPaths: Array<[path: RegExp, name: string]> = [
  [/\/_git\//, 'Azure DevOps'],
  [/^\/scm\/|^\/(projects|users)\/[^/]+\/repos\//, 'Bitbucket'],
  [/\/-\//, 'GitLab'],
  // More than an owner and a repository; GitHub's own pages below a repository are another mistake.
  [
    /^\/[^/]+\/[^/]+\/(?!(tree|blob|pull|pulls|commit|commits|wiki|settings)(\/|$))./,
    'GitLab groups',
  ],
];

/** What an address is made of when it holds neither a user nor a query: scheme, host, a port in digits, path. */
const plainAddress = /^(?=.*\/)([a-z][a-z+]*:\/\/)?[\w.-]*(:\d+)?(\/[\w./~-]*)?$/i;

/**
 * An address for a message that people and logs see. One that may hold a token or a password, wherever it stands in it, is
 * not repeated.
 */
function shown(address: string): string {
  return plainAddress.test(address) ? `"${address}"` : 'the value, which is not repeated here,';
}

/**
 * Reads the address of a repository on GitHub or GitHub Enterprise.
 *
 * @param key - the setting, for the message
 * @throws GitopsConfigError that says what to write instead
 */
export function parseRepositoryAddress(key: string, value: string): RepositoryAddress {
  const ssh = sshAddress(value);
  if (ssh) {
    const isPlain = plainAddress.test(ssh.href);
    throw (
      otherHost(key, ssh) ??
      new GitopsConfigError(key, `is an SSH address; ${isPlain ? `set it to ${ssh}` : cure}`)
    );
  }
  const url = URL.parse(value);
  if (!url) throw new GitopsConfigError(key, `${shown(value)} is not a URL; ${cure}`);
  if (url.username || url.password) {
    throw new GitopsConfigError(
      key,
      'holds credentials; put the token under integrations.github and take it out here',
    );
  }
  const other = otherHost(key, url);
  if (other) throw other;
  const segments = url.pathname
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .slice(1);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (
    !isWeb ||
    segments.length !== 2 ||
    segments.some(part => !/^[\w.-]+$/.test(part)) ||
    url.search ||
    url.hash
  ) {
    throw new GitopsConfigError(
      key,
      `${shown(value)} does not name an owner and a repository; ${cure}`,
    );
  }
  const [owner, name] = segments;
  return { url: `${url.protocol}//${url.host}/${owner}/${name}`, host: url.host, owner, name };
}

/** The https form of an address that Git reads over SSH; undefined for any other. User and port are not part of it. */
function sshAddress(value: string): URL | null | undefined {
  const scp = scpAddress.exec(value)?.groups;
  if (scp) return webAddress(scp.host, scp.path);
  const url = URL.parse(value);
  if (!url || !/^(ssh|git|git\+ssh|ssh\+git):$/.test(url.protocol)) return undefined;
  return webAddress(url.hostname, url.pathname);
}

/** Over port 443 GitHub's SSH has a host of its own. */
function webAddress(host: string, path: string): URL | null {
  const repository = path.replace(/^\/+/, '').replace(/\.git$/, '');
  return URL.parse(`https://${host.replace(/^ssh\.(?=github\.com$)/, '')}/${repository}`);
}

function otherHost(key: string, { hostname, pathname, href }: URL): GitopsConfigError | undefined {
  const [, name] =
    otherHosts.find(([host]) => host.test(hostname)) ??
    otherPaths.find(([path]) => hostname !== 'github.com' && path.test(pathname)) ??
    [];
  if (!name) return undefined;
  return new GitopsConfigError(
    key,
    `${shown(
      href,
    )} is an address of ${name}; only GitHub and GitHub Enterprise are supported: mirror the repository there and set its address, for example ${example}`,
  );
}
