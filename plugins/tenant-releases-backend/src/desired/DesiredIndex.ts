import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  digestOf,
  releasePolicyPath,
  type GitopsConfig,
  type ReleasePolicy,
  UpstreamError,
  type GitCommit,
  type GitFile,
  type GithubApi,
} from '@internal/gitops';
import type { LeftOut, SourceReport, SourceStatus } from '@internal/plugin-tenant-releases-common';
import type { DesiredState, PartFreshness } from '../join/releaseParts';
import type { ApplicationRecord } from '../sync/ApplicationRecord';
import { ChangeHints } from '../upstream/ChangeHints';
import { createProbe } from '../upstream/createProbe';
import { RetryLoop } from '../upstream/RetryLoop';
import { SourceMonitor } from '../upstream/SourceMonitor';
import { CommitCache } from './CommitCache';
import type { DesiredEntry } from './DesiredEntries';
import type { ReleaseEntries } from './ReleaseEntries';
import { FileMoves } from './FileMoves';
import { FileHistories, type HistoryCommit } from './FileHistories';
import { FirstSeen } from './FirstSeen';
import { gitReport, unreadableFiles, type GitReportParts, type ReaderKind } from './gitReport';
import { HeadGuard } from './HeadGuard';
import { HistoryReader } from './HistoryReader';
import { MoveNotice } from './MoveNotice';
import { ownCommits } from './ownCommits';
import { PolicyFile } from './PolicyFile';
import { policyHoldOf } from './layout/policyHoldOf';
import { readerOf } from './readerOf';
import { RevisionVersions } from './RevisionVersions';
import { SourceOverrides } from './SourceOverrides';
import type { CatalogFacts } from './layout/CatalogFacts';
import type { LayoutEntriesOptions } from './layout/LayoutEntries';
import { UnreadPolls } from './UnreadPolls';

/** What a {@link DesiredIndex} needs. */
export interface DesiredIndexOptions {
  api: GithubApi;
  gitops: GitopsConfig;
  /** Service of tenant files whose path names none. */
  service: string;
  /** Where releases are, in a repository of another layout than our own. */
  layouts?: Pick<LayoutEntriesOptions, 'layouts' | 'findHelm'> & { facts?: CatalogFacts };
  logger: LoggerService;
  /** What the source is called among several; absent where there is one repository. */
  source?: Pick<SourceStatus, 'id' | 'name'>;
  /** How the repository is read; default `api`. */
  reader?: ReaderKind;
  /** Absolute path of the file that what was read is kept in for the next start; absent: it is not. */
  keptFile?: string;
}

/** What is said of a Git repository besides its status. */
export type DesiredReport = ReturnType<typeof gitReport> &
  Pick<SourceReport, 'lastError'> & { unreadable: LeftOut[] };

/** A head of the branch; `files` are those that are looked at. */
interface Head {
  commit: GitCommit;
  etag?: string;
  files: GitFile[];
}

/** Whoever looks this often also wants to know of an outage within 10 s; who looks less often wants silence. Seconds. */
const maxProbedPoll = 15;
/** Nobody has to probe what is polled this often. Milliseconds. */
const fastPollMs = 4_000;
/** GitHub bars who goes on asking: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const maxRetryAfterMs = 60_000;

/**
 * What Git wants: the tenant files at the head of the branch. The head is polled by ETag, every `pollSeconds`, and looked at at once when
 * {@link DesiredIndex.refresh} says so; a new commit costs one tree and the files that changed.
 */
export class DesiredIndex {
  readonly changes = new ChangeHints();
  readonly #options: DesiredIndexOptions;
  readonly #monitor: SourceMonitor;
  readonly #loop: RetryLoop;
  readonly #probe: RetryLoop | undefined;
  readonly #policy: PolicyFile;
  readonly #overrides: SourceOverrides;
  readonly #entries: ReleaseEntries;
  readonly #save: (() => Promise<void>) | undefined;
  readonly #histories: FileHistories;
  readonly #firstSeen: FirstSeen;
  readonly #revisions: RevisionVersions;
  readonly #reader: HistoryReader;
  readonly #guard = new HeadGuard();
  readonly #unread = new UnreadPolls();
  readonly #move: MoveNotice;
  #head: Head | undefined;
  /** A newer head without any tenant file, which is not taken: the setting is wrong, not every tenant gone. */
  #refused: (Head & { problem: string }) | undefined;
  /** The head has to be taken once more, since what is known besides it has changed. */
  #isOutdated = false;
  /** What the newest commit that was looked at says before a file is read. */
  #looked: GitReportParts['looked'];

  constructor(options: DesiredIndexOptions) {
    const { api, gitops, logger } = options;
    this.#options = options;
    this.#move = new MoveNotice(logger);
    this.#policy = new PolicyFile(api, gitops.policyPath, logger);
    this.#overrides = new SourceOverrides(api, logger);
    const { entries, versions, save } = readerOf(options);
    this.#entries = entries;
    this.#save = save;
    const commits = new CommitCache(api, versions, gitops.branch);
    const moves = new FileMoves(api, commits, path => this.#entries.isRead(path));
    this.#histories = new FileHistories(
      api,
      commits,
      moves,
      (file, version, at) => this.#firstSeen.note(file, version, at),
      ({ tenant }) => this.changes.emit([tenant]),
    );
    this.#firstSeen = new FirstSeen({
      histories: this.#histories,
      quota: () => api.quota(),
      logger,
      serviceOf: file => this.#entries.serviceOf(file),
      onKnown: (wanted, version) => {
        if (version === undefined) this.changes.emitAll();
        else this.changes.emit(this.#tenantsAt(wanted, version));
      },
    });
    this.#reader = new HistoryReader({
      api,
      histories: this.#histories,
      logger,
      isCurrent: file => this.ofTenant(file.tenant).some(({ head }) => head === file),
      onRead: ({ tenant }) => this.changes.emit([tenant]),
    });
    this.#revisions = new RevisionVersions(this.#histories, versions, {
      // Argo CD may have heard of a commit first.
      onUnknown: () => this.refresh(),
      onFound: tenant => this.changes.emit([tenant]),
    });
    this.#monitor = new SourceMonitor({
      ...(options.source ?? { id: 'git', name: 'Git' }),
      kind: 'git',
      logger,
      // What is looked at rarely is not stale between two looks.
      staleAfterSeconds: Math.max(90, gitops.pollSeconds + 60),
    });
    this.#monitor.onChange(() => this.changes.emitAll());
    const pollMs = gitops.pollSeconds * 1000;
    this.#loop = new RetryLoop({
      step: async signal => {
        const isTaken = await this.#poll(signal);
        // A head that may be a lagging replica's is looked at again soon.
        return isTaken ? pollMs : Math.min(pollMs, fastPollMs);
      },
      onError: error => this.#monitor.failed('poll', error),
      maxRetryAfterMs,
    });
    if (gitops.pollSeconds <= maxProbedPoll && pollMs > fastPollMs) {
      this.#probe = createProbe(this.#monitor, () => api.probe(), { maxRetryAfterMs });
    }
  }

  start(): void {
    this.#reader.start();
    this.#loop.start();
    this.#probe?.start();
    this.#options.layouts?.facts?.start(() => {
      this.#isOutdated = true;
      this.refresh();
    });
  }

  async stop(): Promise<void> {
    this.#reader.stop();
    this.#firstSeen.stop();
    const { facts } = this.#options.layouts ?? {};
    await Promise.all([this.#loop.stop(), this.#probe?.stop(), facts?.stop()]);
    await this.#save?.();
  }

  /** Looks for a new commit at once. */
  refresh(): void {
    this.#loop.wake();
  }

  status(): SourceStatus {
    const status = this.#monitor.status();
    const detail = this.#move.detail ?? status.detail;
    return { ...status, ...(detail ? { detail: this.#named(detail) } : {}) };
  }

  freshness(): PartFreshness {
    return this.#monitor.freshness();
  }

  /** What no release is made of, by the source's id. */
  leftOut(): Map<string, LeftOut[]> {
    // Our policy is none of the files that another layout has, unless the configuration names it.
    const { layouts, gitops } = this.#options;
    const isPolicyWanted = !layouts || gitops.policyPath !== releasePolicyPath;
    const policy = isPolicyWanted ? this.#policy.leftOut() : [];
    const all = [
      ...policy,
      ...(this.#looked?.survey.leftOut ?? []),
      ...(this.#entries.leftOut?.() ?? []),
    ];
    const named = all.map(one => ({ ...one, reason: this.#named(one.reason) }));
    return new Map([[this.#options.source?.id ?? 'git', named]]);
  }

  /** What was read of the repository, and what of it cannot be read although releases are made of it; by the source's id. */
  reports(): Map<string, DesiredReport> {
    const { gitops, layouts, reader = 'api', api } = this.#options;
    const entries = this.entries();
    const report = gitReport({
      gitops,
      ...(layouts ? { layouts: layouts.layouts } : {}),
      reader,
      api,
      ...(this.#head ? { head: this.#head.commit } : {}),
      ...(this.#refused ? { refused: this.#refused.commit } : {}),
      ...(this.#looked ? { looked: this.#looked } : {}),
      entries,
    });
    const { lastError } = this.#monitor;
    const { id } = this.#monitor.status();
    const unreadable = unreadableFiles(entries);
    const layoutsOf = report.git.layouts.map(one => ({ ...one, key: this.#named(one.key) }));
    const problem = layouts?.facts?.problem;
    const notes = [...report.git.notes, ...(problem ? [problem] : [])];
    const git = { ...report.git, layouts: layoutsOf, notes };
    return new Map([[id, { ...report, git, unreadable, ...(lastError ? { lastError } : {}) }]]);
  }

  /** Words that name a setting of the repository: in a list, which one. */
  #named(text: string): string {
    return text.replace(/tenantReleases\.gitops(?=\.)/g, this.#options.gitops.key);
  }

  /** Bad versions, freezes and rings at the head of the branch. */
  policy(): ReleasePolicy {
    return this.#policy.policy;
  }

  get(tenant: string, service: string, environment?: string): DesiredEntry | undefined {
    return this.#entries.get(tenant, service, environment);
  }

  ofTenant(tenant: string): DesiredEntry[] {
    return this.#entries.ofTenant(tenant);
  }

  /** The commit that the entries are of; undefined before the first. */
  get knownHead(): string | undefined {
    return this.#head?.commit.sha;
  }

  /** Another object whenever an entry has come, gone or changed. */
  get generation(): object {
    return this.#entries.generation;
  }

  entries(): DesiredEntry[] {
    return this.#entries.all();
  }

  /** The entry as the join wants it. */
  state(entry: DesiredEntry): DesiredState {
    const change = this.#histories.knownChange(entry.head);
    const { file, problems } = entry;
    const digest = file && digestOf(file.image);
    const hold = file?.tenant.hold ?? policyHoldOf(this.#policy.policy, entry);
    return {
      ...(file
        ? {
            file: {
              displayName: file.tenant.displayName,
              tier: file.tenant.tier,
              ring: file.tenant.ring,
              owner: file.tenant.owner,
              ...(file.tenant.contact === undefined ? {} : { contact: file.tenant.contact }),
              version: file.image.tag,
              ...(entry.deployed?.isChart ? { isChart: true as const } : {}),
              ...(digest === undefined ? {} : { digest }),
              ...(hold ? { hold } : {}),
            },
          }
        : {}),
      ...(change ? { change } : {}),
      problems,
    };
  }

  /** When any tenant of a service was first given a version, RFC 3339; undefined while it is not known. */
  firstSeen(service: string, version: string): string | undefined {
    return this.#firstSeen.find(service, version);
  }

  /** Every version of each service that is known to have been in a tenant file. */
  knownVersions(): Array<[service: string, version: string]> {
    return this.#firstSeen.versions();
  }

  /** Whether Git may yet say of a version when it was first seen: a file has it, or histories are still to be read. */
  mayHoldVersion(service: string, version: string): boolean {
    return this.#firstSeen.mayFind(service, version);
  }

  /** The version that a tenant's file held at a revision; `undefined` while that is being found out. */
  versionAt(entry: DesiredEntry, revision: string): string | undefined {
    return this.#revisions.versionAt(entry, revision);
  }

  /** The content that a tenant's file had at a revision, as its SHA. */
  async contentAt({ head }: DesiredEntry, revision: string): Promise<string | undefined> {
    return (await this.#histories.versionAt(head, revision)).sha;
  }

  /** When the file was last changed at the head, RFC 3339. */
  async changedAt({ head }: DesiredEntry): Promise<string | undefined> {
    return (await this.#histories.newest(head))?.committedAt;
  }

  /** The version that files of Argo CD beside an Application's chart set for it. */
  overrideOf(
    { name, namespace, gitops }: ApplicationRecord,
    repository: string | undefined,
  ): { version: string; by: string } | undefined {
    // In another layout they are part of what was examined.
    if (this.#options.layouts || gitops?.chart === undefined) return undefined;
    return this.#overrides.find(gitops.chart, { name, namespace }, repository);
  }

  async history(entry: DesiredEntry, count: number): Promise<HistoryCommit[]> {
    return ownCommits(entry, await this.#histories.history(entry.head, count));
  }

  /** What {@link DesiredIndex.history} answered last. */
  knownHistory(entry: DesiredEntry): HistoryCommit[] | undefined {
    const known = this.#histories.knownHistory(entry.head);
    return known && ownCommits(entry, known);
  }

  /** @returns false when what Git tells may be older than what is known */
  async #poll(signal: AbortSignal): Promise<boolean> {
    const { api, gitops } = this.#options;
    const known = this.#refused ?? this.#head;
    const found = await api.head(gitops.branch, known?.etag);
    this.#move.note(api.moved());
    if (found && found.commit.sha !== known?.commit.sha) {
      if (!this.#guard.accepts(found.commit)) {
        // What is known is newer than what a lagging replica tells.
        this.#requirePlaces();
        this.#monitor.succeeded('poll');
        return false;
      }
      const all = await api.files(found.commit.sha);
      const survey = await this.#entries.survey(all, signal);
      this.#looked = { survey, files: all.length };
      this.#monitor.note(survey.note);
      const { misconfigured: problem } = survey;
      this.#refused = problem === undefined ? undefined : { ...found, files: [], problem };
      if (!problem) {
        await this.#take({ ...found, files: this.#relevant(all, survey.tenantPaths) }, signal);
      }
    } else if (this.#head && !this.#refused) {
      // A replica that lags for two short whiles is not one that does so for a long one.
      this.#guard.take(this.#head.commit);
      if (this.#mustTakeAgain()) await this.#take(this.#head, signal);
    } else if (this.#head && this.#mustTakeAgain()) {
      await this.#take(this.#head, signal);
    }
    this.#requirePlaces();
    this.#monitor.succeeded('poll');
    this.#monitor.current();
    return true;
  }

  /** @throws UpstreamError while the newest head holds no file where tenant files are said to be */
  #requirePlaces(): void {
    if (!this.#refused) return;
    const { problem } = this.#refused;
    throw new UpstreamError('misconfigured', problem, undefined, problem);
  }

  #mustTakeAgain(): boolean {
    return this.#unread.isDue() || this.#isOutdated;
  }

  async #take(head: Head, signal: AbortSignal): Promise<void> {
    this.#isOutdated = false;
    if (await this.#policy.read(head.files)) this.changes.emitAll();
    if (await this.#overrides.read(head.files)) this.changes.emitAll();
    const { sha } = head.commit;
    const { changed, gone } = await this.#entries.read(head.files, sha, signal);
    this.changes.emit(gone.map(({ tenant }) => tenant));
    const contents = this.entries().map(({ path, head: file }) => [path, file.sha] as const);
    this.#revisions.addHead(sha, contents);
    this.#guard.take(head.commit);
    // With a new head it is tried eagerly again.
    if (this.#head !== head) this.#unread.note(false);
    this.#head = head;
    this.#firstSeen.take(this.entries(), head.commit.committedAt);
    this.#unread.note(this.#policy.isUnread || this.entries().some(({ isUnread }) => isUnread));
    this.#report(changed);
  }

  /** Tenant files, the policy and what overrides them; a repository may hold many others. */
  #relevant(files: GitFile[], tenantPaths: ReadonlySet<string>): GitFile[] {
    const { policyPath } = this.#options.gitops;
    return files.filter(
      ({ path }) => path === policyPath || SourceOverrides.isOne(path) || tenantPaths.has(path),
    );
  }

  #tenantsAt(wanted: string | undefined, version: string): string[] {
    return this.entries().flatMap(({ tenant, service, head }) =>
      service === wanted && head.version === version ? [tenant] : [],
    );
  }

  #report(changed: DesiredEntry[]): void {
    const tenants = [...new Set(changed.map(({ tenant }) => tenant))];
    this.changes.emit(tenants);
    const heads = changed.filter(({ isUnread }) => !isUnread).map(({ head }) => head);
    this.#reader.read(heads, this.entries().length);
  }
}
