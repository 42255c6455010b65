import { GitopsConfigError } from './GitopsConfigError';
import { releasePolicyPath } from './releasePolicy';
import { maxTenantFileBytes } from './tenantFile';
import { parseValuesPath, type TenantFileMatch } from './valuesPathPattern';

/** The part of Backstage's `Config` that is read here; `Config` of `@backstage/config` fits. */
export interface ConfigLike {
  getOptional(key: string): unknown;
}

/** Where things are in a GitOps repository, and how they are read: what the portal and the CLI have in common. */
export interface GitopsLayout {
  /**
   * Path from the repository's root with `{tenant}` and, for more than one service a tenant, `{service}`; `*` stands for any
   * text within one folder's or file's name.
   */
  valuesPath: string;
  /** The folder that holds every tenant file: the part of `valuesPath` before the first segment with a placeholder or `*`. */
  valuesFolder: string;
  /** Path of the file with bad versions, freezes and rings, from the repository's root. */
  policyPath: string;
  /** Most bytes of a tenant file. */
  maxFileBytes: number;
  /**
   * The path of a tenant's file.
   *
   * @param service - needed only when `valuesPath` holds `{service}`
   * @throws Error when the name is none, or `valuesPath` holds `*`: then only the repository's files tell
   */
  tenantFilePath(tenant: string, service?: string): string;
  /** The tenant (and service) of a path that meets `valuesPath`; undefined for every other path. */
  matchTenantFile(path: string): TenantFileMatch | undefined;
}

/** Where the tenants' files are, read and checked once from `tenantReleases.gitops`. */
export interface GitopsConfig extends GitopsLayout {
  repository: {
    /** As configured, without a trailing `/` or `.git`: https://github.com/acme/platform. */
    url: string;
    /** Host and port: `github.com`, `localhost:7101`. */
    host: string;
    owner: string;
    name: string;
  };
  branch: string;
  /** Seconds between two looks at the repository. */
  pollSeconds: number;
  /** A file's page, and its address for Backstage's UrlReader: `<repository>/blob/<branch>/<path>`. */
  fileUrl(path: string): string;
  /** A folder's page, and its address for UrlReader's readTree: `<repository>/tree/<branch>/<path>`. */
  treeUrl(path: string): string;
  /** Where a file is edited in the browser: `<repository>/edit/<branch>/<path>`. */
  editUrl(path: string): string;
}

const root = 'tenantReleases.gitops';

/**
 * Reads `tenantReleases.gitops`.
 *
 * @throws GitopsConfigError for the first setting that is missing or wrong
 */
export function readGitopsConfig(config: ConfigLike): GitopsConfig {
  const repository = parseRepository(text(config, 'repository'));
  const branch = text(config, 'branch', 'main');
  if (!/^(?!\/)(?!.*\.\.)[\w./-]+$/.test(branch)) {
    throw new GitopsConfigError(
      `${root}.branch`,
      `"${branch}" is not a branch name; set it to one such as main`,
    );
  }
  const encodedPath = (path: string) => path.split('/').map(encodeURIComponent).join('/');
  const url = (view: string, path: string) =>
    `${repository.url}/${view}/${encodedPath(branch)}/${encodedPath(path)}`.replace(/\/$/, '');
  return {
    repository,
    branch,
    ...readGitopsLayout(config),
    pollSeconds: readPollSeconds(config),
    fileUrl: path => url('blob', path),
    treeUrl: path => url('tree', path),
    editUrl: path => url('edit', path),
  };
}

/**
 * Reads the part of `tenantReleases.gitops` that says where things are in the repository.
 *
 * @throws GitopsConfigError for the first setting that is wrong
 */
export function readGitopsLayout(config: ConfigLike): GitopsLayout {
  const valuesPath = text(config, 'valuesPath', 'gitops/tenants/{tenant}-values.yaml');
  const pattern = parseValuesPath(valuesPath);
  return {
    valuesPath,
    valuesFolder: pattern.folder,
    policyPath: text(config, 'policyPath', releasePolicyPath).replace(/^\/+/, ''),
    maxFileBytes: readMaxFileBytes(config),
    tenantFilePath: pattern.format,
    matchTenantFile: pattern.match,
  };
}

function text(config: ConfigLike, key: string, fallback?: string): string {
  const value = config.getOptional(`${root}.${key}`) ?? fallback;
  if (value === undefined || value === '') {
    throw new GitopsConfigError(
      `${root}.${key}`,
      'is missing; set it, for example to https://github.com/acme/platform',
    );
  }
  if (typeof value !== 'string') {
    throw new GitopsConfigError(`${root}.${key}`, `must be a text, not ${JSON.stringify(value)}`);
  }
  return value.trim();
}

function parseRepository(value: string): GitopsConfig['repository'] {
  const key = `${root}.repository`;
  const cure =
    'set it to the address of a repository on a host of integrations.github, for example https://github.com/acme/platform';
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new GitopsConfigError(key, `"${value}" is not a URL; ${cure}`);
  }
  if (url.username || url.password) {
    throw new GitopsConfigError(
      key,
      'holds credentials; put the token under integrations.github and take it out here',
    );
  }
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
    throw new GitopsConfigError(key, `"${value}" does not name an owner and a repository; ${cure}`);
  }
  const [owner, name] = segments;
  return { url: `${url.protocol}//${url.host}/${owner}/${name}`, host: url.host, owner, name };
}

function readMaxFileBytes(config: ConfigLike): number {
  const value = Number(config.getOptional(`${root}.maxFileBytes`) ?? maxTenantFileBytes);
  if (!Number.isInteger(value) || value < 1024 || value > 1024 * 1024) {
    throw new GitopsConfigError(
      `${root}.maxFileBytes`,
      `must be a whole number of bytes from 1024 to 1048576; leave it out for ${maxTenantFileBytes}`,
    );
  }
  return value;
}

function readPollSeconds(config: ConfigLike): number {
  const value = Number(config.getOptional(`${root}.pollSeconds`) ?? 15);
  if (!Number.isFinite(value) || value < 1 || value > 3600) {
    throw new GitopsConfigError(
      `${root}.pollSeconds`,
      'must be a number of seconds from 1 to 3600; leave it out for 15',
    );
  }
  return value;
}
