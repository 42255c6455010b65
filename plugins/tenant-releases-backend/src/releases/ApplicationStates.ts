import type { DesiredEntry } from '../desired/DesiredEntries';
import type { DesiredIndex } from '../desired/DesiredIndex';
import type { RepositoryFolders } from '../desired/DesiredFleet';
import type { ApplicationState, ClosedWindow } from '../join/releaseParts';
import { kustomizeTag } from '../sync/applicationOverride';
import { useFor, type ApplicationRecord } from '../sync/ApplicationRecord';
import { Asked } from '../sync/Asked';
import { closedWindow } from '../sync/closedWindow';
import { identityOf, type SyncIndex } from '../sync/SyncIndex';
import { suspendedResource, workloadFacts, type WorkloadFacts } from '../sync/workloads';
import { destinationOf } from './destination';
import { imageOverrideOf } from './imageOverrideOf';
import type { FoundApplication } from './TenantApplications';
import { askedRevision, syncedVersion } from './syncedVersion';

/** What an {@link ApplicationStates} needs. */
export interface ApplicationStatesOptions {
  desired: Pick<DesiredIndex, 'changedAt' | 'contentAt' | 'overrideOf' | 'versionAt'>;
  sync: Pick<SyncIndex, 'resources' | 'windows'>;
  folders: RepositoryFolders;
  /** The branch that an entry is read from. */
  branchOf(entry: DesiredEntry): string;
  /** Told that a tenant's release may look different. */
  onAnswer(tenant: string): void;
}

interface Subject {
  record: ApplicationRecord;
  entry?: DesiredEntry;
}

/** Windows open and close by the clock; workloads are asked for again when the Application changes. Milliseconds. */
const freshMs = { windows: 30_000, workloads: 60_000, inputs: 3_600_000 };
/** Most differences between Git and Argo CD are gone after a moment. Milliseconds. */
const windowDelayMs = 1_500;

/** Application records as the join wants them, with what has to be asked for when something stands still. */
export class ApplicationStates {
  readonly #options: ApplicationStatesOptions;
  readonly #windows: Asked<Subject, { window?: ClosedWindow }>;
  readonly #workloads: Asked<Subject, WorkloadFacts>;
  readonly #inputs: Asked<Subject, Inputs>;

  constructor(options: ApplicationStatesOptions) {
    this.#options = options;
    const { sync } = options;
    const onAnswer = ({ record, entry }: Subject) => options.onAnswer(entry?.tenant ?? record.name);
    this.#windows = new Asked({
      keyOf: ({ record }) => `${identityOf(record)}\n${record.project}`,
      ask: async ({ record }) => {
        const window = closedWindow(await sync.windows(record), new Date());
        return window ? { window } : {};
      },
      freshMs: freshMs.windows,
      delayMs: windowDelayMs,
      onAnswer,
    });
    this.#workloads = new Asked({
      keyOf: subject => `${workloadOwner(subject)}\n${workloadKey(subject.record)}`,
      ownerOf: workloadOwner,
      ask: async ({ record, entry }) => {
        const { tree, managed } = await sync.resources(record);
        return workloadFacts(tree, managed, repositoryOf(record, entry));
      },
      freshMs: freshMs.workloads,
      onAnswer,
    });
    this.#inputs = new Asked({
      keyOf: ({ record, entry }) =>
        [
          entry?.path,
          record.gitops?.chart,
          askedRevision(record),
          record.sync.revision,
          entry?.repository,
        ].join('\n'),
      ask: subject => this.#compareInputs(subject),
      freshMs: freshMs.inputs,
      onAnswer,
    });
  }

  stop(): void {
    [this.#windows, this.#workloads, this.#inputs].forEach(asked => asked.stop());
  }

  /** What Argo CD tells of workloads and pods; asked for when the pods that are known do not explain themselves. */
  workloads(record: ApplicationRecord, entry?: DesiredEntry): WorkloadFacts | undefined {
    const subject = { record, entry };
    const facts = this.#workloads.get(subject);
    if (!facts) return suspendedResource(record.details?.resources);
    if (this.#workloads.isAnswered(subject)) return facts;
    // What waited before is no answer to what waits now.
    const { paused: _, ...others } = facts;
    return others;
  }

  /** As {@link workloads}, of what Argo CD has told before; it is not asked. */
  knownWorkloads(record: ApplicationRecord, entry?: DesiredEntry): WorkloadFacts | undefined {
    return this.#workloads.known({ record, entry });
  }

  /** @param found - the Application of a release */
  state(
    record: ApplicationRecord,
    { isAmbiguous }: Pick<FoundApplication, 'isAmbiguous'>,
    entry: DesiredEntry | undefined,
  ): ApplicationState {
    const { sync, operation, health, healthSince, details, unreadable, isAutomated } = record;
    const { cluster, problem: destinationProblem } = destinationOf(record);
    const follows = this.#follows(record, entry);
    const override = this.#override(record, entry);
    const version = this.#version(record, entry, override?.version);
    const wanted = follows ? follows.version : entry?.file?.image.tag;
    const isBehind = sync.status === 'OutOfSync' || (wanted !== undefined && version !== wanted);
    const window =
      isAutomated && isBehind && operation?.phase !== 'Running'
        ? this.#windows.get({ record, entry })?.window
        : undefined;
    const inputs = this.#changedInputs(record, entry);
    const imageOverride = imageOverrideOf(record, entry);
    const laterFiles = entry?.deployed ? [] : laterFilesOf(record, entry);
    const { isSkipped, deletedSince } = record;
    const revision = askedRevision(record);
    return {
      cluster,
      ...(record.destination.namespace ? { namespace: record.destination.namespace } : {}),
      ...(destinationProblem ? { destinationProblem } : {}),
      ...(unreadable.length > 0 ? { unreadable } : {}),
      ...(isAmbiguous ? { isAmbiguous } : {}),
      ...(version ? { version } : {}),
      ...(deletedSince ? { deletedSince } : {}),
      ...(isSkipped ? { isSkipped } : {}),
      ...(override ? { override } : {}),
      ...(imageOverride ? { imageOverride } : {}),
      ...(laterFiles.length > 0 ? { laterFiles } : {}),
      ...(follows ? { follows } : {}),
      ...(isAutomated ? {} : { isByHand: true as const }),
      ...(window ? { closedWindow: window } : {}),
      sync: { status: sync.status, ...(sync.revision ? { revision: sync.revision } : {}) },
      ...(inputs ? { inputs } : {}),
      ...(operation ? { operation: { ...operation, ...(revision ? { revision } : {}) } } : {}),
      health,
      ...(healthSince ? { healthSince } : {}),
      ...(details?.problem ? { problem: details.problem } : {}),
      ...(details?.problemSince ? { problemSince: details.problemSince } : {}),
      ...(details?.isSyncProblem ? { isComparisonProblem: false as const } : {}),
      ...(details?.drifted.length ? { driftedResources: details.drifted } : {}),
      ...(details?.leftovers ? { leftovers: details.leftovers } : {}),
    };
  }

  /** What an Application goes by that follows something else than the branch that is read. */
  #follows(record: ApplicationRecord, entry: DesiredEntry | undefined) {
    const { sync } = record;
    const gitops = entry && useFor(record, entry);
    if (!gitops) return undefined;
    const branch = this.#options.branchOf(entry);
    const revision = gitops.targetRevision;
    if ([branch, `refs/heads/${branch}`, 'HEAD'].includes(revision)) return undefined;
    const version = sync.revision
      ? this.#options.desired.versionAt(entry, sync.revision)
      : undefined;
    return { revision, branch, ...(version ? { version } : {}) };
  }

  /** What is kept in Git beside the chart goes over the Application, and that over the tenant file. */
  #override(record: ApplicationRecord, entry: DesiredEntry | undefined) {
    // In another layout, what an Application sets was examined with the rest.
    if (entry?.deployed) return undefined;
    const repository = entry?.file?.image.repository;
    const fromGit = this.#options.desired.overrideOf(record, repository);
    if (fromGit) return fromGit;
    const { tag, by = '' } = record.override ?? {};
    if (tag !== undefined) return { version: tag, by };
    const version = repository && kustomizeTag(record.kustomizeImages, repository);
    return version ? { version, by: 'kustomize.images' } : undefined;
  }

  #version(
    record: ApplicationRecord,
    entry: DesiredEntry | undefined,
    override: string | undefined,
  ): string | undefined {
    // What has just been set is synced when Argo CD says so.
    if (override !== undefined && record.sync.status === 'Synced') return override;
    return syncedVersion(record, repositoryOf(record, entry), revision =>
      entry && useFor(record, entry) && override === undefined
        ? this.#options.desired.versionAt(entry, revision)
        : undefined,
    );
  }

  /** Whether what the Application reads has changed since the last sync; only asked for when it matters. */
  #changedInputs(record: ApplicationRecord, entry: DesiredEntry | undefined) {
    const { sync, operation } = record;
    const gitops = entry && useFor(record, entry);
    const asked = askedRevision(record);
    const isAsked = entry && gitops && sync.status === 'OutOfSync' && asked && sync.revision;
    if (!isAsked || asked === sync.revision) return undefined;
    if (!operation?.isPartial && sync.others !== operation?.others) return { changed: true };
    return this.#inputs.get({ record, entry });
  }

  /** The time is that of the tenant file, or of the chart, whichever has changed: the age of the other says nothing. */
  async #compareInputs({ record, entry }: Subject): Promise<Inputs> {
    const { desired, folders } = this.#options;
    const revisions = [askedRevision(record), record.sync.revision] as [string, string];
    const [before, after] = await Promise.all(
      revisions.map(revision => desired.contentAt(entry!, revision)),
    );
    if (before !== after) return changedAt(await desired.changedAt(entry!));
    const chart = record.gitops?.chart;
    if (chart === undefined) return { changed: false };
    const [old, now] = await Promise.all(
      revisions.map(each => folders.digest(each, chart, entry!.repository)),
    );
    return old === now
      ? { changed: false }
      : changedAt(await folders.changedAt(revisions[1], chart, entry!.repository));
  }
}

/** The image of the service, without tag. */
function repositoryOf(
  { override }: ApplicationRecord,
  entry: DesiredEntry | undefined,
): string | undefined {
  const own = entry?.file?.image.repository;
  return entry?.deployed ? own : override?.repository ?? own;
}

/** Several services may share an Application. */
function workloadOwner({ record, entry }: Subject): string {
  return `${identityOf(record)}\n${repositoryOf(record, entry) ?? ''}`;
}

function laterFilesOf(record: ApplicationRecord, entry: DesiredEntry | undefined): string[] {
  const gitops = entry && useFor(record, entry);
  const at = entry && gitops ? gitops.files.indexOf(entry.path) : -1;
  return at < 0 ? [] : gitops!.files.slice(at + 1);
}

type Inputs = NonNullable<ApplicationState['inputs']>;

function changedAt(at: string | undefined): Inputs {
  return { changed: true, ...(at ? { at } : {}) };
}

/** What makes Argo CD's answer another one. */
function workloadKey({ sync, health, operation }: ApplicationRecord): string {
  return [sync.status, sync.revision, health.status, operation?.phase, operation?.finishedAt].join(
    '\n',
  );
}
