import { ServiceUnavailableError } from '@backstage/errors';
import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
import type { DesiredEntry } from '../desired/DesiredEntries';
import type { DesiredIndex } from '../desired/DesiredIndex';
import type { HistoryCommit } from '../desired/FileHistories';
import type { PodPlace } from '../running/PodWatch';
import type { RunningIndex } from '../running/RunningIndex';
import { useFor, type ApplicationRecord, type Deployment } from '../sync/ApplicationRecord';
import type { SyncIndex } from '../sync/SyncIndex';
import { answerMs, inTime } from '../upstream/inTime';
import { toUpstreamError } from '@internal/gitops';
import type { VersionCommits } from '../versions/VersionCommits';
import type { ReleaseBoard } from './ReleaseBoard';
import type { ReleaseRef } from './ReleaseRef';
import { releaseHistory } from './releaseHistory';
import { syncedTimes } from './syncedTimes';

/** Commits beyond the page that are read too: whether a change is a rollback shows in what was before it. */
const lookBack = 10;

/** Commits among which a revision is looked for; Argo CD itself keeps ten. */
const ownCommits = 30;

/** Pods that became ready later after a sync than this may have replaced the first ones. Seconds. */
const rolloutSeconds = 900;

/** The history of releases, from Git and Argo CD. */
export class HistoryService {
  readonly #desired: Pick<DesiredIndex, 'contentAt' | 'history' | 'knownHistory'>;
  readonly #sync: SyncIndex;
  readonly #running: RunningIndex;
  readonly #versionCommits: Pick<VersionCommits, 'find' | 'settled'>;
  readonly #board: Pick<ReleaseBoard, 'place'>;

  constructor(options: {
    desired: Pick<DesiredIndex, 'contentAt' | 'history' | 'knownHistory'>;
    sync: SyncIndex;
    running: RunningIndex;
    commits: Pick<VersionCommits, 'find' | 'settled'>;
    board: Pick<ReleaseBoard, 'place'>;
  }) {
    this.#desired = options.desired;
    this.#sync = options.sync;
    this.#running = options.running;
    this.#versionCommits = options.commits;
    this.#board = options.board;
  }

  /**
   * @param count - how many entries, newest first
   * @throws ServiceUnavailableError when Git does not answer and nothing is known
   */
  async history(ref: ReleaseRef, count: number): Promise<HistoryEntry[]> {
    const { entry } = ref;
    if (!entry) return [];
    const until = Date.now() + answerMs;
    const commits = await this.#commits(entry, count + lookBack, until);
    const synced = await this.#syncedTimes(entry, ref.application, commits, until);
    const entries = releaseHistory(
      commits.map(({ sha: _, ...commit }) => ({ ...commit, ...synced.get(commit.commit) })),
    );
    const shown = entries.slice(0, count);
    await this.#findSources(entry.service, shown, until);
    return shown.map(found => {
      const runningAt = this.#runningAt(this.#board.place(ref), found);
      const source =
        found.kind === 'settings'
          ? undefined
          : this.#versionCommits.find(entry.service, found.version);
      return { ...found, ...(runningAt ? { runningAt } : {}), ...(source ? { source } : {}) };
    });
  }

  /** Looks for the commits of all versions together; what is not there in time is left out. */
  async #findSources(service: string, entries: HistoryEntry[], until: number): Promise<void> {
    for (const { version } of entries) this.#versionCommits.find(service, version);
    await inTime(this.#versionCommits.settled(service), until).catch(() => undefined);
  }

  /**
   * Whether a commit changed the release's own file, lately. Other commits of the repository are other tenants', and so is
   * what their messages say.
   *
   * @param revision - a SHA, or its beginning
   * @param until - milliseconds since the epoch
   * @throws ServiceUnavailableError when Git does not answer and nothing is known
   */
  async holds({ entry }: ReleaseRef, revision: string, until: number): Promise<boolean> {
    if (!entry) return false;
    const isIn = (commits: readonly HistoryCommit[]) =>
      commits.some(({ commit }) => commit.startsWith(revision));
    return (
      isIn(this.#desired.knownHistory(entry) ?? []) ||
      isIn(await this.#commits(entry, ownCommits, until))
    );
  }

  async #commits(entry: DesiredEntry, count: number, until: number): Promise<HistoryCommit[]> {
    try {
      return await inTime(this.#desired.history(entry, count), until);
    } catch (error) {
      const known = this.#desired.knownHistory(entry);
      if (known) return known;
      throw new ServiceUnavailableError(
        `Git does not answer (${toUpstreamError(error).errorClass})`,
      );
    }
  }

  async #syncedTimes(
    entry: DesiredEntry,
    application: ApplicationRecord | undefined,
    commits: HistoryCommit[],
    until: number,
  ) {
    const deployments = application ? await this.#deployments(entry, application, until) : [];
    const contents = await Promise.all(
      deployments.map(async ({ revision, deployedAt }) => {
        // A deployment whose content cannot be told is left out; the rest is still true.
        const content = await inTime(this.#desired.contentAt(entry, revision!), until).catch(
          () => undefined,
        );
        return content === undefined ? [] : [{ content, deployedAt: deployedAt! }];
      }),
    );
    return syncedTimes(commits, contents.flat());
  }

  async #deployments(
    entry: DesiredEntry,
    known: ApplicationRecord,
    until: number,
  ): Promise<Deployment[]> {
    // Revisions of another repository say nothing of the file.
    if (!useFor(known, entry)) return [];
    // Without Argo CD the history goes without its times; the list's sources say why.
    const record = await inTime(this.#sync.withDetails(known), until).catch(() => known);
    return (record?.details?.history ?? []).filter(
      ({ revision, deployedAt }) => revision !== undefined && deployedAt !== undefined,
    );
  }

  /** What is told is true: of pods that may not have been the first ones the time is left out. */
  #runningAt(place: PodPlace, found: HistoryEntry): string | undefined {
    const { kind, version, committedAt, syncedAt = committedAt, replacedAt } = found;
    if (kind === 'settings') return undefined;
    const start = this.#running.startOf(place, version, committedAt);
    if (!start || (replacedAt !== undefined && Date.parse(start.at) >= Date.parse(replacedAt))) {
      return undefined;
    }
    const seconds = (Date.parse(start.at) - Date.parse(syncedAt)) / 1000;
    return start.isWitnessed || seconds <= rolloutSeconds ? start.at : undefined;
  }
}
