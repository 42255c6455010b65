import { tenantNameProblem } from './tenantName';

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
  /** A file's page, and its address for Backstage's UrlReader: `<repository>/blob/<branch>/<path>`. */
  fileUrl(path: string): string;
  /** A folder's page, and its address for UrlReader's readTree: `<repository>/tree/<branch>/<path>`. */
  treeUrl(path: string): string;
  /** Where a file is edited in the browser: `<repository>/edit/<branch>/<path>`. */
  editUrl(path: string): string;
}

/** What a tenant file's path says. */
export interface TenantFileMatch {
  /** Not checked: whatever stands in the path, so that an odd name can be reported. */
  tenant: string;
  service?: string;
}

const root = 'tenantReleases.gitops';

/** A wrong setting; the message is one line that names the key and the cure. */
export class GitopsConfigError extends Error {
  constructor(readonly key: string, cure: string) {
    super(`Configuration ${key} ${cure}`);
    this.name = 'GitopsConfigError';
  }
}

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
    pollSeconds: readPollSeconds(config),
    tenantFilePath: pattern.format,
    matchTenantFile: pattern.match,
    fileUrl: path => url('blob', path),
    treeUrl: path => url('tree', path),
    editUrl: path => url('edit', path),
  };
}

/** The entry of `integrations.github` for the repository's host, as @backstage/integration reads it. */
export interface GithubIntegrationLike {
  host: string;
  token?: string;
  apps?: unknown[];
}

/**
 * Makes sure that the repository's host is configured with a way to sign in.
 *
 * @throws GitopsConfigError
 */
export function requireGithubIntegration(
  gitops: GitopsConfig,
  integration: GithubIntegrationLike | undefined,
): void {
  const { host, url } = gitops.repository;
  if (!integration) {
    throw new GitopsConfigError(
      'integrations.github',
      `has no entry for host ${host} of tenantReleases.gitops.repository; add one with apiBaseUrl and token`,
    );
  }
  if (!integration.token && !integration.apps?.length) {
    throw new GitopsConfigError(
      'integrations.github',
      `has no token for host ${host}; set one that may read ${url} and open pull requests there`,
    );
  }
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

function parseValuesPath(valuesPath: string): {
  folder: string;
  format: GitopsConfig['tenantFilePath'];
  match: GitopsConfig['matchTenantFile'];
} {
  const key = `${root}.valuesPath`;
  const placeholders = [...valuesPath.matchAll(/\{([^{}]*)\}/g)].map(found => found[1]);
  const unknown = placeholders.find(name => name !== 'tenant' && name !== 'service');
  if (unknown !== undefined) {
    throw new GitopsConfigError(key, `holds {${unknown}}; only {tenant} and {service} can be used`);
  }
  if (!placeholders.includes('tenant') || new Set(placeholders).size !== placeholders.length) {
    throw new GitopsConfigError(
      key,
      'must hold {tenant} once, and {service} at most once, for example gitops/tenants/{tenant}-values.yaml',
    );
  }
  if (
    valuesPath.startsWith('/') ||
    valuesPath.split('/').some(part => part === '' || part === '.' || part === '..')
  ) {
    throw new GitopsConfigError(
      key,
      'must be a path from the repository\'s root, without a leading "/" and without "." or ".."',
    );
  }
  if (/\}\{/.test(valuesPath)) {
    throw new GitopsConfigError(
      key,
      'needs something between {tenant} and {service}, for example a "/"',
    );
  }
  const expression = new RegExp(
    `^${valuesPath
      .split(/(\{tenant\}|\{service\})/)
      .map(part =>
        /^\{/.test(part)
          ? `(?<${part.slice(1, -1)}>[^/]+)`
          : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
      )
      .join('')}$`,
  );
  return {
    folder: valuesPath.slice(
      0,
      Math.max(0, valuesPath.slice(0, valuesPath.indexOf('{')).lastIndexOf('/')),
    ),
    format: (tenant, service) => {
      const problem = tenantNameProblem(tenant);
      if (problem) throw new Error(problem);
      if (service !== undefined && !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(service)) {
        throw new Error(`service: "${service}" is not a name`);
      }
      if (service === undefined && placeholders.includes('service')) {
        throw new Error(`service: is needed, because ${key} holds {service}`);
      }
      return valuesPath.replace('{tenant}', tenant).replace('{service}', service ?? '');
    },
    match: path => {
      const groups = expression.exec(path)?.groups;
      if (!groups) return undefined;
      return groups.service === undefined
        ? { tenant: groups.tenant }
        : { tenant: groups.tenant, service: groups.service };
    },
  };
}
