import { encodeSegment } from '../text/encodeSegment';
import { GitopsConfigError } from './GitopsConfigError';
import { releasePolicyPath } from '../policy/releasePolicy';
import { requireRepositoryPath } from './repositoryPath';
import { parseRepositoryAddress, type RepositoryAddress } from './repositoryAddress';
import { maxTenantFileBytes } from '../tenantFile/tenantFile';
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
  /** Whether a folder, or one below it, may hold a tenant file. */
  mayHoldTenantFiles(folder: string): boolean;
}

/** Where the tenants' files are, read and checked once from `tenantReleases.gitops`. */
export interface GitopsConfig extends GitopsLayout {
  /** Where it stands in the configuration: `tenantReleases.gitops`, of a list `tenantReleases.gitops[1]`. */
  key: string;
  repository: RepositoryAddress;
  /** Every address by which Argo CD may know the repository; the first is `repository.url`. */
  addresses: readonly string[];
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

/** Where the configuration names the GitOps repository, or the list of them. */
export const gitopsKey = 'tenantReleases.gitops';

/**
 * Reads the settings of one repository.
 *
 * @param key - where they stand; see gitopsSections for a list
 * @throws GitopsConfigError for the first setting that is missing or wrong
 */
export function readGitopsConfig(config: ConfigLike, key = gitopsKey): GitopsConfig {
  const text = (name: string, fallback?: string) => textAt(config, `${key}.${name}`, fallback);
  const repository = parseRepositoryAddress(`${key}.repository`, text('repository'));
  // Argo CD's targetRevision and Git's own commands take the long form too; GitHub's pages and API do not.
  const branch = text('branch', 'main').replace(/^(refs\/)?heads\//, '');
  if (!/^(?!\/)(?!.*\.\.)[\w./-]+$/.test(branch)) {
    throw new GitopsConfigError(
      `${key}.branch`,
      `"${branch}" is not a branch name; set it to one such as main`,
    );
  }
  const encodedPath = (path: string) => path.split('/').map(encodeSegment).join('/');
  const url = (view: string, path: string) =>
    `${repository.url}/${view}/${encodedPath(branch)}/${encodedPath(path)}`.replace(/\/$/, '');
  return {
    key,
    repository,
    addresses: [repository.url, ...readAliases(config, `${key}.aliases`)],
    branch,
    ...readGitopsLayout(config, key),
    pollSeconds: readPollSeconds(config, `${key}.pollSeconds`),
    fileUrl: path => url('blob', path),
    treeUrl: path => url('tree', path),
    editUrl: path => url('edit', path),
  };
}

/**
 * Reads the part of the settings that says where things are in the repository.
 *
 * @throws GitopsConfigError for the first setting that is wrong
 */
export function readGitopsLayout(config: ConfigLike, key = gitopsKey): GitopsLayout {
  const at = `${key}.valuesPath`;
  const valuesPath = textAt(config, at, 'gitops/tenants/{tenant}-values.yaml');
  const pattern = parseValuesPath(valuesPath, at);
  return {
    valuesPath,
    valuesFolder: pattern.folder,
    policyPath: readPolicyPath(config, `${key}.policyPath`),
    maxFileBytes: readMaxFileBytes(config, `${key}.maxFileBytes`),
    tenantFilePath: pattern.format,
    matchTenantFile: pattern.match,
    mayHoldTenantFiles: pattern.mayHold,
  };
}

function textAt(config: ConfigLike, key: string, fallback?: string): string {
  const value = config.getOptional(key) ?? fallback;
  if (value === undefined || value === '') {
    throw new GitopsConfigError(
      key,
      'is missing; set it, for example to https://github.com/acme/platform',
    );
  }
  if (typeof value !== 'string') {
    throw new GitopsConfigError(key, `must be a text, not ${whatIs(value)}`);
  }
  return value.trim();
}

/** What stands where a text should; what a list or a block holds may be secret. */
function whatIs(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a block of keys' : String(value);
}

/** A number, also one that an environment variable holds; NaN for all else: `true` is not 1. */
function numberAt(config: ConfigLike, key: string, fallback: number): number {
  const value = config.getOptional(key) ?? fallback;
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
}

function readPolicyPath(config: ConfigLike, key: string): string {
  const path = textAt(config, key, releasePolicyPath);
  requireRepositoryPath(key, path);
  if (path.includes('*')) {
    throw new GitopsConfigError(
      key,
      `holds "*", which cannot be used: name one file, such as ${releasePolicyPath}`,
    );
  }
  return path;
}

/** Further addresses of the repository, in any form that Git takes. */
function readAliases(config: ConfigLike, key: string): string[] {
  const value = config.getOptional(key) ?? [];
  const isList = Array.isArray(value) && value.every(item => typeof item === 'string' && item);
  if (!isList) {
    throw new GitopsConfigError(
      key,
      'must be a list of addresses by which Argo CD knows the repository, for example [git@github.com:example/platform.git]',
    );
  }
  return value;
}

function readMaxFileBytes(config: ConfigLike, key: string): number {
  const value = numberAt(config, key, maxTenantFileBytes);
  if (!Number.isInteger(value) || value < 1024 || value > 1024 * 1024) {
    throw new GitopsConfigError(
      key,
      `must be a whole number of bytes from 1024 to 1048576; leave it out for ${maxTenantFileBytes}`,
    );
  }
  return value;
}

function readPollSeconds(config: ConfigLike, key: string): number {
  const value = numberAt(config, key, 15);
  if (!Number.isFinite(value) || value < 1 || value > 3600) {
    throw new GitopsConfigError(
      key,
      'must be a number of seconds from 1 to 3600; leave it out for 15',
    );
  }
  return value;
}
