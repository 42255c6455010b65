import type {
  LeftOut,
  SourceListName,
  SourceReport,
  SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import type { DesiredIndex } from '../desired/DesiredIndex';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import type { PodRecord } from '../running/PodRecord';
import type { RunningIndex } from '../running/RunningIndex';
import type { ApplicationRecord } from '../sync/ApplicationRecord';
import type { SyncIndex } from '../sync/SyncIndex';
import type { TelemetryService } from '../telemetry/TelemetryService';
import { cureOf } from './cureOf';
import { surveyApplications, surveyPods } from './unusedObjects';

/** What was read of a source, and what no release is made of. */
export interface SourceSurvey extends Pick<SourceReport, 'counts' | 'lastError' | 'git'> {
  leftOut: LeftOut[];
  unused: LeftOut[];
}

/** What {@link SourceReports} are made of. */
export interface SourceReportsOptions {
  sources(): SourceStatus[];
  board: Pick<ReleaseBoard, 'leftOut' | 'refs' | 'cluster' | 'place' | 'isReady'>;
  desired: Pick<DesiredIndex, 'reports' | 'changes'>;
  sync: Pick<SyncIndex, 'reports' | 'changes'>;
  running: Pick<RunningIndex, 'reports' | 'podsAt' | 'changes'>;
  telemetry: Pick<TelemetryService, 'reports'>;
  /** Milliseconds since the epoch; for tests. */
  now?: () => number;
}

/** All who look within this time are told the same, unless a source goes away or comes back. Milliseconds. */
const maxAgeMs = 1_000;

const nothing: SourceSurvey = { counts: [], leftOut: [], unused: [] };

/** For who looks after the portal: what each source holds, what releases are made of, what not, and why. Asks no upstream. */
export class SourceReports {
  readonly #options: SourceReportsOptions;
  #known: { surveys: Map<string, SourceSurvey>; at: number } | undefined;

  constructor(options: SourceReportsOptions) {
    this.#options = options;
    const { desired, sync, running } = options;
    for (const { changes } of [desired, sync, running]) {
      changes.subscribe(tenants => {
        if (tenants === 'all') this.#known = undefined;
      });
    }
  }

  all(): SourceReport[] {
    const surveys = this.#surveys();
    return this.#options.sources().map(source => {
      const { leftOut = [], unused = [], counts = [], ...more } = surveys.get(source.id) ?? {};
      const cure = cureOf(source);
      return {
        ...source,
        ...placeOf(source),
        ...(cure ? { cure } : {}),
        counts,
        ...more,
        leftOutCount: leftOut.length,
        unusedCount: unused.length,
      };
    });
  }

  /** What no release is made of; `undefined` when there is no such source. */
  entries(id: string, list: SourceListName): LeftOut[] | undefined {
    if (!this.#options.sources().some(source => source.id === id)) return undefined;
    const survey = this.#surveys().get(id);
    return survey?.[list === 'unused' ? 'unused' : 'leftOut'] ?? [];
  }

  #surveys(): Map<string, SourceSurvey> {
    const { now = Date.now } = this.#options;
    const at = now();
    if (!this.#known || Math.abs(at - this.#known.at) >= maxAgeMs) {
      this.#known = { surveys: this.#look(), at };
    }
    return this.#known.surveys;
  }

  #look(): Map<string, SourceSurvey> {
    const { board, desired, sync, running, telemetry } = this.#options;
    const told = board.leftOut();
    const toldOf = (id: string) => told.get(id) ?? [];
    const used = this.#used();
    const surveys = new Map<string, SourceSurvey>();
    for (const [id, { unreadable, ...report }] of desired.reports()) {
      surveys.set(id, { ...report, leftOut: [...unreadable, ...toldOf(id)], unused: [] });
    }
    for (const [id, { objects, ...report }] of sync.reports()) {
      const survey = objects && surveyApplications(objects, used, toldOf(id));
      surveys.set(id, { ...(survey ?? nothing), ...report });
    }
    for (const [id, { objects, ...report }] of running.reports()) {
      const survey = objects && surveyPods(objects, used.pods, toldOf(id));
      surveys.set(id, { ...(survey ?? nothing), ...report });
    }
    for (const [id, report] of telemetry.reports()) surveys.set(id, { ...nothing, ...report });
    return surveys;
  }

  /** What releases are made of. */
  #used() {
    const { board, running } = this.#options;
    const applications = {
      used: new Set<ApplicationRecord>(),
      strays: new Set<ApplicationRecord>(),
    };
    // While nobody knows the tenant files, every Application is without one.
    const isKnown = board.isReady();
    const pods = new Set<PodRecord>();
    for (const ref of board.refs()) {
      const { entry, application } = ref;
      if (application && entry) applications.used.add(application);
      else if (application && isKnown) applications.strays.add(application);
      if (!entry) continue;
      for (const pod of running.podsAt(board.cluster(ref), board.place(ref))) pods.add(pod);
    }
    return { ...applications, pods };
  }
}

/** What a source is the source for. */
function placeOf({ id, kind, name }: SourceStatus): Pick<SourceReport, 'cluster' | 'instance'> {
  if (kind === 'argocd') return { instance: name };
  if (kind === 'kubernetes') return { cluster: name };
  // A server of metrics or logs for all clusters has its kind for an id.
  return id.startsWith(`${kind}:`) && kind !== 'git' ? { cluster: id.slice(kind.length + 1) } : {};
}
