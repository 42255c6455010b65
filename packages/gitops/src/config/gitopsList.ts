import { gitopsKey, readGitopsConfig, type ConfigLike, type GitopsConfig } from './gitopsConfig';
import { GitopsConfigError } from './GitopsConfigError';

/** One repository of `tenantReleases.gitops`. */
export interface GitopsEntry {
  gitops: GitopsConfig;
  /** Its settings, by keys that begin with `gitops.key`. */
  settings: ConfigLike;
  /** Whether it has our own layout: tenant files, policy and onboarding are there. */
  isOwn: boolean;
}

const known = [
  'repository',
  'aliases',
  'branch',
  'valuesPath',
  'layouts',
  'policyPath',
  'maxFileBytes',
  'pollSeconds',
  'reader',
  'mirrorDirectory',
];

/**
 * Reads `tenantReleases.gitops`: one repository, or a list of them.
 *
 * @returns the repositories in their order, one at least
 * @throws GitopsConfigError for the first setting that is missing or wrong
 */
export function readGitopsList(config: ConfigLike): GitopsEntry[] {
  const value = config.getOptional(gitopsKey);
  if (!Array.isArray(value)) {
    // Over a list of another file of the configuration, nothing can be asked for by the keys of a block.
    const settings = isBlock(value) ? sectionOf(value, gitopsKey) : config;
    return [entryOf(settings, gitopsKey)];
  }
  if (value.length === 0) {
    throw new GitopsConfigError(
      gitopsKey,
      'is an empty list; name a repository at least, or set it to the settings of one',
    );
  }
  const entries = value.map((item, index) => entryOf(listedOf(item, keyOf(index)), keyOf(index)));
  const own = entries.flatMap(({ isOwn }, index) => (isOwn ? index : []));
  if (own.length > 1) {
    throw new GitopsConfigError(
      keyOf(own[1]),
      `has no layouts, like ${keyOf(
        own[0],
      )}: one repository alone can have the layout of the portal, since tenants are onboarded there; set ${keyOf(
        own[1],
      )}.layouts, which "gitops init" proposes`,
    );
  }
  refuseTwice(entries);
  return entries;
}

/** The repository of our own layout; undefined where all have others. */
export function ownEntryOf(entries: readonly GitopsEntry[]): GitopsEntry | undefined {
  return entries.find(({ isOwn }) => isOwn);
}

function entryOf(settings: ConfigLike, key: string): GitopsEntry {
  const gitops = readGitopsConfig(settings, key);
  return { gitops, settings, isOwn: settings.getOptional(`${key}.layouts`) === undefined };
}

function keyOf(index: number): string {
  return `${gitopsKey}[${index}]`;
}

/** The settings of one item; a name that is not known is a typo, which would be a default in silence. */
function listedOf(item: unknown, key: string): ConfigLike {
  if (!isBlock(item)) {
    throw new GitopsConfigError(
      key,
      'must be a block of keys: repository, and what else is to be set of it',
    );
  }
  const unknown = Object.keys(item).find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new GitopsConfigError(
      `${key}.${unknown}`,
      `is not known; take it out, or use one of ${known.join(', ')}`,
    );
  }
  return sectionOf(item, key);
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sectionOf(block: Record<string, unknown>, key: string): ConfigLike {
  const settings = new Map(Object.entries(block).map(([name, value]) => [`${key}.${name}`, value]));
  // A file of the configuration may say "nothing" with null.
  return { getOptional: name => settings.get(name) ?? undefined };
}

function refuseTwice(entries: readonly GitopsEntry[]): void {
  const seen = new Map<string, string>();
  for (const { gitops } of entries) {
    for (const address of new Set(gitops.addresses.map(plain))) {
      const place = `${address}\n${gitops.branch}`;
      const other = seen.get(place);
      if (other !== undefined) {
        throw new GitopsConfigError(
          `${gitops.key}.repository`,
          `is the repository and branch of ${other}, by its address or one of aliases; name each once`,
        );
      }
      seen.set(place, gitops.key);
    }
  }
}

/** An address without what says nothing of the repository, as far as both are written alike. */
function plain(address: string): string {
  return address
    .trim()
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
    .toLowerCase();
}
