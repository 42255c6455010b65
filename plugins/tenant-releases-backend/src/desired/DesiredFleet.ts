import type { ReleasePolicy } from '@internal/gitops';
import type { LeftOut, SourceStatus } from '@internal/plugin-tenant-releases-common';
import type { DesiredState, PartFreshness } from '../join/releaseParts';
import type { ApplicationRecord } from '../sync/ApplicationRecord';
import { ChangeHints } from '../upstream/ChangeHints';
import { leastFresh } from '../upstream/SourceMonitor';
import type { DesiredEntry } from './DesiredEntries';
import type { DesiredIndex, DesiredReport } from './DesiredIndex';
import type { HistoryCommit } from './FileHistories';
import { FleetTable, type RepositoryConflict } from './FleetTable';
import type { FolderContents } from './FolderContents';
import { fileLeftOut } from './strangers';

/** One repository of a {@link DesiredFleet}. */
export interface FleetRepository {
  /** Id of its source. */
  id: string;
  /** For people. */
  name: string;
  index: DesiredIndex;
}

/** What folders hold, in whichever repository. */
export interface RepositoryFolders {
  digest(commit: string, folder: string, repository?: string): ReturnType<FolderContents['digest']>;
  changedAt(
    commit: string,
    folder: string,
    repository?: string,
  ): ReturnType<FolderContents['changedAt']>;
}

/**
 * What Git wants, of all repositories together: each release is known, and as current, as its own repository. What two
 * repositories name is no release, but a conflict.
 */
export class DesiredFleet {
  readonly changes: ChangeHints;
  readonly #repositories: readonly FleetRepository[];
  #known: FleetTable | undefined;

  /** @param repositories - one at least */
  constructor(repositories: readonly FleetRepository[]) {
    this.#repositories = repositories;
    const [{ index }, ...others] = repositories;
    this.changes = others.length === 0 ? index.changes : new ChangeHints();
    if (others.length === 0) return;
    for (const { index: each } of repositories) {
      each.changes.subscribe(tenants => {
        if (tenants === 'all') this.changes.emitAll();
        else this.changes.emit(tenants);
      });
    }
  }

  start(): void {
    this.#repositories.forEach(({ index }) => index.start());
  }

  async stop(): Promise<void> {
    await Promise.all(this.#repositories.map(({ index }) => index.stop()));
  }

  /** One for each repository, in their order. */
  statuses(): SourceStatus[] {
    return this.#repositories.map(({ index }) => index.status());
  }

  /** How current a release is; without one, the least current repository decides: it may be there. */
  freshness(entry?: DesiredEntry): PartFreshness {
    if (entry) return this.#indexOf(entry).freshness();
    return leastFresh(this.#repositories.map(({ index }) => index.freshness()));
  }

  /** What was read of each repository, by the source's id. */
  reports(): Map<string, DesiredReport> {
    return new Map(this.#repositories.flatMap(({ index }) => [...index.reports()]));
  }

  /** What no release is made of, by the source's id. */
  leftOut(): Map<string, LeftOut[]> {
    const all = new Map(this.#repositories.flatMap(({ index }) => [...index.leftOut()]));
    for (const { entries } of this.#table().conflicts) {
      for (const entry of entries) {
        const id = this.#repositoryOf(entry).id;
        const others = entries.filter(other => other !== entry).map(other => this.placeOf(other));
        const reason = `No version is shown of ${nameOf(entry)}: ${others.join(
          ' and ',
        )} names it too. Take it out of all but one of them.`;
        all.set(id, [...(all.get(id) ?? []), fileLeftOut(entry.path, reason)]);
      }
    }
    return all;
  }

  /** Where an entry stands, for people: `acme/platform, overlays/acme`. */
  placeOf(entry: DesiredEntry): string {
    return `${this.#repositoryOf(entry).name}, ${entry.path}`;
  }

  /** Releases that more than one repository names. */
  conflicts(tenant?: string): readonly RepositoryConflict[] {
    const { conflicts } = this.#table();
    return tenant === undefined ? conflicts : conflicts.filter(one => one.tenant === tenant);
  }

  get(tenant: string, service: string, environment?: string): DesiredEntry | undefined {
    return this.ofTenant(tenant).find(
      entry =>
        entry.service === service &&
        (environment === undefined || entry.environment === environment),
    );
  }

  ofTenant(tenant: string): DesiredEntry[] {
    const [{ index }, ...others] = this.#repositories;
    return others.length === 0 ? index.ofTenant(tenant) : this.#table().ofTenant(tenant);
  }

  entries(): DesiredEntry[] {
    const [{ index }, ...others] = this.#repositories;
    return others.length === 0 ? index.entries() : this.#table().all;
  }

  /** Another object whenever an entry has come, gone or changed. */
  get generation(): object {
    const [{ index }, ...others] = this.#repositories;
    return others.length === 0 ? index.generation : this.#table();
  }

  /** Bad versions, freezes and rings: a policy binds the repository that it stands in. */
  policy(entry: DesiredEntry | undefined): ReleasePolicy {
    return (entry ? this.#indexOf(entry) : this.#repositories[0].index).policy();
  }

  /** The policies of the repositories that hold a release of one of these services. */
  policiesOf(services: readonly string[]): ReleasePolicy[] {
    const [{ index }, ...others] = this.#repositories;
    if (others.length === 0) return [index.policy()];
    return this.#repositories
      .filter(one => one.index.entries().some(({ service }) => services.includes(service)))
      .map(one => one.index.policy());
  }

  /** The entry as the join wants it. */
  state(entry: DesiredEntry): DesiredState {
    return this.#indexOf(entry).state(entry);
  }

  /** When any tenant of a service was first given a version, RFC 3339; undefined while no repository knows. */
  firstSeen(service: string, version: string): string | undefined {
    return this.#repositories
      .flatMap(({ index }) => index.firstSeen(service, version) ?? [])
      .sort((a, b) => Date.parse(a) - Date.parse(b))[0];
  }

  /** Every version of each service that is known to have been in a file. */
  knownVersions(): Array<[service: string, version: string]> {
    return this.#repositories.flatMap(({ index }) => index.knownVersions());
  }

  /** Whether Git may yet say of a version when it was first seen. */
  mayHoldVersion(service: string, version: string): boolean {
    return this.#repositories.some(({ index }) => index.mayHoldVersion(service, version));
  }

  versionAt(entry: DesiredEntry, revision: string): string | undefined {
    return this.#indexOf(entry).versionAt(entry, revision);
  }

  async contentAt(entry: DesiredEntry, revision: string): Promise<string | undefined> {
    return this.#indexOf(entry).contentAt(entry, revision);
  }

  async changedAt(entry: DesiredEntry): Promise<string | undefined> {
    return this.#indexOf(entry).changedAt(entry);
  }

  overrideOf(record: ApplicationRecord, image: string | undefined) {
    return this.#indexOf({ repository: record.gitops?.repository }).overrideOf(record, image);
  }

  async history(entry: DesiredEntry, count: number): Promise<HistoryCommit[]> {
    return this.#indexOf(entry).history(entry, count);
  }

  knownHistory(entry: DesiredEntry): HistoryCommit[] | undefined {
    return this.#indexOf(entry).knownHistory(entry);
  }

  #indexOf(entry: Pick<DesiredEntry, 'repository'>): DesiredIndex {
    return this.#repositoryOf(entry).index;
  }

  #repositoryOf({ repository }: Pick<DesiredEntry, 'repository'>): FleetRepository {
    const [first] = this.#repositories;
    return this.#repositories.find(({ id }) => id === repository) ?? first;
  }

  #table(): FleetTable {
    const generations = this.#repositories.map(({ index }) => index.generation);
    if (!this.#known?.isOf(generations)) {
      const isAlone = this.#repositories.length === 1;
      const lists = isAlone ? [] : this.#repositories.map(({ index }) => index.entries());
      this.#known = new FleetTable(generations, lists);
    }
    return this.#known;
  }
}

function nameOf({ tenant, service, environment }: DesiredEntry): string {
  return [tenant, service, environment].filter(Boolean).join('/');
}
