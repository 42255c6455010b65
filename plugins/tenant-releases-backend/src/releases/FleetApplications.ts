import type { LeftOut } from '@internal/plugin-tenant-releases-common';
import type { DesiredEntry } from '../desired/DesiredEntries';
import { applicationKey, type ApplicationRecord } from '../sync/ApplicationRecord';
import type { ApplicationFinder, FoundApplication } from './TenantApplications';

/** What a {@link FleetApplications} needs. */
export interface FleetApplicationsOptions {
  /** The finder of each repository, by the id of its source. */
  finders: ReadonlyMap<string, ApplicationFinder>;
  /** The releases of all repositories. */
  entries(): readonly DesiredEntry[];
}

/** Finds the Applications of releases in several repositories, each as its repository's layout has it. */
export class FleetApplications implements ApplicationFinder {
  readonly #options: FleetApplicationsOptions;

  constructor(options: FleetApplicationsOptions) {
    this.#options = options;
  }

  find(entry: DesiredEntry): FoundApplication {
    return this.#options.finders.get(entry.repository ?? '')?.find(entry) ?? { mismatches: [] };
  }

  isWithoutFile(application: ApplicationRecord): boolean {
    const { finders } = this.#options;
    return [...finders.values()].some(finder => finder.isWithoutFile(application));
  }

  /** An Application may be called like a tenant of one repository, and be counted for one of another. */
  leftOut(): Map<string, LeftOut[]> {
    const { finders, entries } = this.#options;
    const counted = new Set(
      entries().flatMap(entry => {
        const { application } = this.find(entry);
        return application ? `argocd:${application.instance}\n${applicationKey(application)}` : [];
      }),
    );
    const all = new Map<string, LeftOut[]>();
    for (const [id, found] of [...finders.values()].flatMap(finder => [...finder.leftOut()])) {
      const others = all.get(id) ?? [];
      const isTold = ({ name }: LeftOut) => others.some(other => other.name === name);
      const own = found.filter(one => !counted.has(`${id}\n${one.name}`) && !isTold(one));
      all.set(id, [...others, ...own]);
    }
    return all;
  }
}
