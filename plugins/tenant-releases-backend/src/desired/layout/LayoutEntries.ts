import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  notFollowed,
  type FoundRelease,
  type Layout,
  type Unmatched,
  type GitopsConfig,
  type GitFile,
  type GithubApi,
} from '@internal/gitops';
import type { LeftOut } from '@internal/plugin-tenant-releases-common';
import type { DesiredEntry } from '../DesiredEntries';
import type { HeadFile } from '../HeadFile';
import type { ReleaseEntries } from '../ReleaseEntries';
import type { FileSurvey } from '../surveyFiles';
import type { CatalogFacts } from './CatalogFacts';
import { bumped, type Examined } from './bumped';
import { chooseNames, type NamedRelease } from './chooseNames';
import { EntryTable } from './EntryTable';
import { examineHead } from './examineHead';
import { HeadContents, type Snapshot } from './HeadContents';
import type { KeptExamination } from './KeptExamination';
import { layoutEntry } from './layoutEntry';
import { layoutSurvey, leftOutOf, tooLarge } from './layoutSurvey';
import type { LocatedVersions } from './LocatedVersions';

/** What {@link LayoutEntries} need. */
export interface LayoutEntriesOptions {
  api: Pick<GithubApi, 'blobs'>;
  gitops: GitopsConfig;
  layouts: readonly Layout[];
  versions: LocatedVersions;
  /** See DesiredEntry. */
  repository?: string;
  /** Path of helm, where it is there. */
  findHelm(): Promise<string | undefined>;
  /** What the catalog says of tenants. */
  facts?: Pick<CatalogFacts, 'of' | 'generation' | 'unmatched'>;
  /** The examination of an earlier start; absent where none is kept. */
  kept?: Pick<KeptExamination, 'load' | 'keep'>;
  logger: LoggerService;
}

/** In a larger repository no commit is looked at as a whole. */
const maxFiles = 200_000;

/**
 * The releases that layouts find at a head of the branch: what Argo CD would apply, by the same examination as `gitops doctor`. A
 * commit that changes only versions is read where these stand; any other is examined anew.
 */
export class LayoutEntries implements ReleaseEntries {
  readonly #options: LayoutEntriesOptions;
  readonly #contents: HeadContents;
  #examined: Examined | undefined;
  #named: NamedRelease[] = [];
  #table = new EntryTable([]);
  /** What releases came to: most are the same at the next head. */
  readonly #made = new WeakMap<
    FoundRelease,
    { entry: DesiredEntry; key: string; sha: string; isShared: boolean; facts: object | undefined }
  >();
  /** Keeps an examination for the next start, where it is whole. */
  #keep: (examined: Examined) => void = () => {};

  constructor(options: LayoutEntriesOptions) {
    this.#options = options;
    this.#contents = new HeadContents(options.api, options.layouts);
  }

  get generation(): object {
    return this.#table;
  }

  get(tenant: string, service: string, environment?: string): DesiredEntry | undefined {
    return this.#table.get(tenant, service, environment);
  }

  ofTenant(tenant: string): DesiredEntry[] {
    return this.#table.ofTenant(tenant);
  }

  all(): DesiredEntry[] {
    return this.#table.all();
  }

  serviceOf({ service }: HeadFile): string | undefined {
    return service;
  }

  isRead(path: string): boolean {
    return this.#examined?.found.releases.some(({ file }) => file === path) ?? false;
  }

  async survey(files: readonly GitFile[], signal: AbortSignal): Promise<FileSurvey> {
    if (files.length > maxFiles) return tooLarge(`${files.length.toLocaleString('en-US')} files`);
    const snapshot = await this.#contents.read(files, signal);
    if (!snapshot) return tooLarge('more than 256 MB of text');
    const examined = await this.#examine(snapshot);
    signal.throwIfAborted();
    const { layouts, gitops } = this.#options;
    const told = layoutSurvey(
      examined.found,
      files.map(({ path }) => path),
      layouts,
      gitops,
    );
    const detours = files.flatMap(({ path, kind }) => (kind ? [{ path, kind }] : []));
    const passedOver = notFollowed(detours, layouts).map(leftOutOf);
    const survey = { ...told, leftOut: [...told.leftOut, ...passedOver] };
    if (survey.misconfigured) return survey;
    this.#examined = examined;
    const { named, leftOut } = chooseNames(examined.found.releases);
    this.#named = named;
    return { ...survey, leftOut: [...survey.leftOut, ...leftOut] };
  }

  leftOut(): LeftOut[] {
    const releases = this.#examined?.found.releases ?? [];
    const isTenant = (layout: Layout, name: string) =>
      releases.some(({ tenant, deployed }) => tenant === name && deployed.layout === layout);
    return (this.#options.facts?.unmatched(isTenant) ?? []).map(leftOutOf);
  }

  async #examine(snapshot: Snapshot): Promise<Examined> {
    const { layouts, gitops, findHelm, kept } = this.#options;
    const before = this.#examined;
    const found = before && bumped(before, snapshot);
    if (before && found) {
      const examined = { ...before, snapshot, found };
      this.#keep(examined);
      return examined;
    }
    const helm = await findHelm();
    const known = before ? undefined : await kept?.load(snapshot, helm);
    const { isWhole, ...examined } = known
      ? { ...known, isWhole: true }
      : await examineHead(snapshot, layouts, gitops, helm);
    this.#keep = isWhole && kept ? one => kept.keep(one, helm) : () => {};
    if (!known) this.#keep(examined);
    return examined;
  }

  async read(files: readonly GitFile[], head: string) {
    const { versions, logger, repository, facts } = this.#options;
    const of = repository === undefined ? {} : { repository };
    const { releases = [], unmatched = [] } = this.#examined?.found ?? {};
    const shas = new Map(files.map(({ path, sha }) => [path, sha]));
    const sharers = sharersOf(releases);
    const before = this.#table;
    const entries = new Map<string, DesiredEntry>();
    for (const named of this.#named) {
      const { release } = named;
      const key = EntryTable.keyOf(named);
      // What another revision holds is at no head of the branch.
      const sha = release.revision === undefined ? shas.get(release.file) ?? '' : '';
      const isShared = (sharers.get(release.file)?.size ?? 0) > 1;
      const made = this.#made.get(release);
      const isSame =
        made?.sha === sha &&
        made.isShared === isShared &&
        made.key === key &&
        made.facts === facts?.generation;
      const more = facts?.of(release.deployed.layout, release.tenant);
      const entry = isSame
        ? made.entry
        : { ...layoutEntry(named, sha, head, isShared, more), ...of };
      if (!isSame) versions.learn(sha, entry.head.reading ?? '', release.version);
      const known = isSame ? entry : before.same(key, entry) ?? entry;
      this.#made.set(release, { entry: known, key, sha, isShared, facts: facts?.generation });
      entries.set(key, known);
    }
    for (const entry of before.all()) {
      const key = EntryTable.keyOf(entry);
      const problem = entries.has(key) ? undefined : unmatched.find(one => isAbout(one, entry));
      if (!problem) continue;
      const reason = `${problem.name}: ${problem.reason}`;
      logger.warn(`The release ${key} cannot be read: ${reason}`);
      entries.set(key, { ...entry, problems: [reason] });
    }
    this.#table = new EntryTable(entries.values());
    return this.#table.since(before);
  }
}

/** Whether what is not matched any more may be what a release was made of: it stays as it was known, with the words. */
function isAbout({ kind, name }: Unmatched, { deployed, path, tenant }: DesiredEntry): boolean {
  if (!deployed) return false;
  if (kind === 'application') return deployed.application === name;
  if (kind === 'tenant') return deployed.names.tenant === name || tenant === name;
  return path === name || deployed.reads.includes(name);
}

function sharersOf(releases: readonly FoundRelease[]): Map<string, Set<string>> {
  const tenants = new Map<string, Set<string>>();
  for (const { file, tenant } of releases)
    tenants.set(file, (tenants.get(file) ?? new Set()).add(tenant));
  return tenants;
}
