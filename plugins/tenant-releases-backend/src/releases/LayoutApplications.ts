import type { LeftOut } from '@internal/plugin-tenant-releases-common';
import type { DesiredEntry } from '../desired/DesiredEntries';
import type { DesiredIndex } from '../desired/DesiredIndex';
import { applicationKey, useFor, type ApplicationRecord } from '../sync/ApplicationRecord';
import type { SyncIndex } from '../sync/SyncIndex';
import { wholeObject } from '../upstream/parseLeniently';
import { isExpected, type ApplicationExpectations } from './applicationExpectations';
import { byRank, isUntold } from './applicationRank';
import { wantedOf, type DeployedLookup } from './DeployedLookup';
import type { ApplicationFinder, FoundApplication } from './TenantApplications';

/** What a {@link LayoutApplications} needs. */
export interface LayoutApplicationsOptions {
  desired: Pick<DesiredIndex, 'entries'>;
  sync: Pick<SyncIndex, 'reading'>;
  lookup: DeployedLookup;
  expectations: ApplicationExpectations;
}

interface Verdict {
  record: ApplicationRecord;
  /** Clauses for people; empty when it is the release's. */
  mismatches: string[];
}

/**
 * Finds the Application of a release by what it renders: the one that the repository itself makes for it, or one that reads what no
 * other deployment reads. What the repository says of its project and destination has to be true of it.
 */
export class LayoutApplications implements ApplicationFinder {
  readonly #options: LayoutApplicationsOptions;

  constructor(options: LayoutApplicationsOptions) {
    this.#options = options;
  }

  find(entry: DesiredEntry): FoundApplication {
    const verdicts = this.#verdicts(entry);
    const agreeing = verdicts.filter(({ mismatches }) => mismatches.length === 0);
    const [first, ...others] = agreeing.map(({ record }) => record).sort(byRank);
    if (!first) return { mismatches: verdicts[0]?.mismatches ?? [] };
    const isAlone = others.every(other => isUntold(other) && !isUntold(first));
    return {
      application: first,
      ...(isAlone ? {} : { isAmbiguous: true as const }),
      mismatches: [],
    };
  }

  /** What the layouts do not name is no release. */
  isWithoutFile(): boolean {
    return false;
  }

  leftOut(): Map<string, LeftOut[]> {
    const found = new Map<string, LeftOut[]>();
    const told = new Set<ApplicationRecord>();
    for (const entry of this.#options.desired.entries()) {
      const { application } = this.find(entry);
      for (const { record, mismatches } of this.#verdicts(entry)) {
        if (record === application || told.has(record)) continue;
        told.add(record);
        const id = `argocd:${record.instance}`;
        found.set(id, [...(found.get(id) ?? []), leftOutOf(record, mismatches, entry)]);
      }
    }
    return found;
  }

  /**
   * Those that are meant: by the name that the repository gives; where none is called so, by what no other deployment reads; else as
   * the layout says that they are called and labelled.
   */
  #verdicts(entry: DesiredEntry): Verdict[] {
    const { sync } = this.#options;
    const { application, reads = [] } = entry.deployed ?? {};
    const wanted = wantedOf(entry);
    const names = [application, wanted.name].filter(one => one !== undefined);
    const candidates = sync.reading(names, reads, {
      labels: wanted.labels,
      repository: entry.repository,
    });
    const named = candidates.filter(({ name }) => name === application);
    const particular = candidates.filter(one => this.#isParticular(one, entry, reads));
    const told = candidates.filter(one => isWanted(one, wanted));
    const meant = [named, particular, told].find(some => some.length > 0) ?? [];
    return meant.map(record => ({ record, mismatches: this.#mismatches(record, entry) }));
  }

  #isParticular(record: ApplicationRecord, entry: DesiredEntry, reads: readonly string[]): boolean {
    return placesIn(useFor(record, entry)).some(
      place => reads.includes(place) && this.#options.lookup.isParticular(place, entry.repository),
    );
  }

  #mismatches(record: ApplicationRecord, entry: DesiredEntry): string[] {
    const { expectations } = this.#options;
    const { tenant, deployed } = entry;
    const gitops = useFor(record, entry);
    const { project = 'default', destination, details } = record;
    const { reads = [], target } = deployed ?? {};
    const found: string[] = [];
    if (record.unreadable.includes(wholeObject)) found.push('it cannot be read');
    else if (record.isHydrated) {
      found.push('it takes its manifests from a source hydrator, which the portal does not read');
    } else if (gitops && reads.length > 0 && !reads.some(place => isRead(place, gitops))) {
      found.push('it does not render what the repository says');
    } else if (!gitops && !target) found.push('it takes nothing from the GitOps repository');
    if (isSaid(target?.project) && target.project !== project) {
      found.push('it is in another project than the repository says');
    }
    const namespace = target?.destination.namespace;
    if (isSaid(namespace) && namespace !== destination.namespace) {
      found.push('it deploys to another namespace than the repository says');
    }
    if (!isExpected(expectations.projects, tenant, project)) {
      found.push('its project is not one of tenantReleases.applications.project');
    }
    if (!isExpected(expectations.namespaces, tenant, destination.namespace ?? '')) {
      found.push('its namespace is not one of tenantReleases.applications.namespace');
    }
    if (details?.isRefused) found.push('Argo CD does not let it use its project');
    return found;
  }
}

function isWanted(
  { name, labelSets = [] }: ApplicationRecord,
  wanted: { name?: string; labels?: string },
): boolean {
  if (wanted.name === undefined && wanted.labels === undefined) return false;
  return (
    (wanted.name === undefined || name === wanted.name) &&
    (wanted.labels === undefined || labelSets.includes(wanted.labels))
  );
}

/** A file that the Application names, or one below the folder that it renders, which may read it by a plugin. */
function isRead(place: string, { files, folder, chart }: NonNullable<ApplicationRecord['gitops']>) {
  if (files.includes(place) || folder === place || chart === place) return true;
  return files.length === 0 && !!folder && place.startsWith(`${folder}/`);
}

function placesIn(gitops: ApplicationRecord['gitops']): string[] {
  if (!gitops) return [];
  const { files, folder, chart } = gitops;
  return [...files, ...[folder, chart].flatMap(place => place ?? [])];
}

/** `*` stands for what only a cluster knows. */
function isSaid(text: string | undefined): text is string {
  return text !== undefined && text !== '' && !/\*|\{\{/.test(text);
}

function leftOutOf(
  record: ApplicationRecord,
  mismatches: readonly string[],
  { tenant, service, environment }: DesiredEntry,
): LeftOut {
  const { project = 'default', destination } = record;
  const why =
    mismatches.length > 0
      ? mismatches.join(', ')
      : 'another Application, which comes first, deploys the same: compare them before you delete one';
  const release = [tenant, service, environment].filter(Boolean).join('/');
  return {
    kind: 'application',
    name: applicationKey(record),
    reason: `Not counted for ${release}: ${why}. Its project is ${project}, its destination namespace ${
      destination.namespace ?? 'not set'
    }.`,
  };
}
