import { GitopsConfigError } from './GitopsConfigError';
import { releasePolicyPath } from './releasePolicy';
import { parseValuesPath, type TenantFileMatch } from './valuesPathPattern';

/** The part of Backstage's `Config` that is read here; `Config` of `@backstage/config` fits. */
export interface ConfigLike {
  getOptional(key: string): unknown;
}

/** Where the tenants' files are, read and checked once from `tenantReleases.gitops`. */
export interface GitopsConfig {
  repository: {
    /** As configured, without a trailing `/` or `.git`: https://github.com/acme/platform. */
    url: string;
    /** Host and port: `github.com`, `localhost:7101`. */
    host: string;
    owner: string;
    name: string;
  };
  branch: string;
  /** Path from the repository's root with `{tenant}` and, for more than one service a tenant, `{service}`. */
  valuesPath: string;
  /** The folder that holds every tenant file: the part of `valuesPath` before the first placeholder's segment. */
  valuesFolder: string;
  /** Path of the file with bad versions, freezes and rings, from the repository's root. */
  policyPath: string;
  /** Seconds between two looks at the repository. */
  pollSeconds: number;
  /**
   * The path of a tenant's file.
   *
   * @param service - needed only when `valuesPath` holds `{service}`
   */
  tenantFilePath(tenant: string, service?: string): string;
  /** The tenant (and service) of a path as {@link GitopsConfig.tenantFilePath} makes it; undefined for every other path. */
  matchTenantFile(path: string): TenantFileMatch | undefined;
  /** Whether a folder, or one below it, may hold a tenant file. */
  mayHoldTenantFiles(folder: string): boolean;
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
  const valuesPath = text(config, 'valuesPath', 'gitops/tenants/{tenant}-values.yaml');
  const pattern = parseValuesPath(valuesPath);
  const encodedPath = (path: string) => path.split('/').map(encodeURIComponent).join('/');
  const url = (view: string, path: string) =>
    `${repository.url}/${view}/${encodedPath(branch)}/${encodedPath(path)}`.replace(/\/$/, '');
  return {
    repository,
    branch,
    valuesPath,
    valuesFolder: pattern.folder,
    policyPath: text(config, 'policyPath', releasePolicyPath).replace(/^\/+/, ''),
    pollSeconds: readPollSeconds(config),
    tenantFilePath: pattern.format,
    matchTenantFile: pattern.match,
    mayHoldTenantFiles: pattern.mayHold,
    fileUrl: path => url('blob', path),
    treeUrl: path => url('tree', path),
    editUrl: path => url('edit', path),
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
