import { tenantNameProblem, type LeftOut } from '@internal/plugin-tenant-releases-common';
import { type GitopsConfig } from '@internal/gitops';
import type { DesiredEntry } from '../desired/DesiredEntries';
import type { DesiredIndex } from '../desired/DesiredIndex';
import { applicationKey, useFor, type ApplicationRecord } from '../sync/ApplicationRecord';
import type { SyncIndex } from '../sync/SyncIndex';
import { wholeObject } from '../upstream/parseLeniently';
import { byRank, isUntold } from './applicationRank';
import { isExpected, type ApplicationExpectations } from './applicationExpectations';

/** The Application of a release. */
export interface FoundApplication {
  application?: ApplicationRecord;
  /** Further Applications deploy the same. */
  isAmbiguous?: true;
  /** Why those that look like the tenant's are not counted; empty when there is one that is, or none at all. */
  mismatches: string[];
}

/** Finds the Applications of releases. */
export interface ApplicationFinder {
  find(entry: DesiredEntry): FoundApplication;
  /** Whether an Application for which Git holds no file could be a tenant's: the platform's own are not. */
  isWithoutFile(application: ApplicationRecord): boolean;
  /** Applications that look like a tenant's and are not counted for it, by the source's id. */
  leftOut(): Map<string, LeftOut[]>;
}

/** How an Application agrees with what Git says of a tenant. */
interface Verdict {
  record: ApplicationRecord;
  /** Whether it names the tenant's file; else it only renders the repository, and says nothing of the file. */
  readsFile: boolean;
  /** Whether it names the file of another service of the tenant: then it is meant for that one. */
  isOtherService: boolean;
  /** Clauses for people; empty when it is the tenant's. They name nothing of whose the Application is. */
  mismatches: string[];
}

/** What a {@link TenantApplications} needs. */
export interface TenantApplicationsOptions {
  desired: Pick<DesiredIndex, 'entries' | 'ofTenant' | 'generation'>;
  sync: Pick<SyncIndex, 'candidates'>;
  gitops: Pick<GitopsConfig, 'matchTenantFile'>;
  expectations: ApplicationExpectations;
}

/**
 * Finds the Application of a release. A name alone is nothing: it is the tenant's when its project, its destination and the
 * file that it reads agree with what Git says of the tenant.
 */
export class TenantApplications implements ApplicationFinder {
  readonly #options: TenantApplicationsOptions;
  #known: { generation: object; folders: ReadonlyMap<string, ReadonlySet<string>> } | undefined;

  constructor(options: TenantApplicationsOptions) {
    this.#options = options;
  }

  find(entry: DesiredEntry): FoundApplication {
    const verdicts = this.#verdicts(entry);
    const [first, ...others] = agreeingOf(verdicts);
    if (first) {
      const isAlone = others.every(other => isUntold(other.record) && !isUntold(first.record));
      const isAmbiguous = isAlone ? {} : { isAmbiguous: true as const };
      return { application: first.record, ...isAmbiguous, mismatches: [] };
    }
    const looksLike = verdicts.find(verdict => isMeant(verdict, entry));
    return { mismatches: looksLike?.mismatches ?? [] };
  }

  /** Whether an Application for which Git holds no tenant file could be a tenant's: the platform's own are not. */
  isWithoutFile({ name, project = 'default', destination }: ApplicationRecord): boolean {
    const { projects, namespaces } = this.#options.expectations;
    return (
      tenantNameProblem(name) === undefined &&
      isExpected(projects, name, project) &&
      isExpected(namespaces, name, destination.namespace)
    );
  }

  /** Applications that look like a tenant's and are not counted for it, by the source's id. */
  leftOut(): Map<string, LeftOut[]> {
    const found = new Map<string, LeftOut[]>();
    const told = new Set<ApplicationRecord>();
    for (const entry of this.#options.desired.entries()) {
      const verdicts = this.#verdicts(entry);
      const [counted] = agreeingOf(verdicts);
      for (const verdict of verdicts) {
        const { record } = verdict;
        if (verdict !== counted && !told.has(record) && isMeant(verdict, entry)) {
          told.add(record);
          const id = `argocd:${record.instance}`;
          const list = found.get(id) ?? [];
          list.push(leftOutOf(verdict, entry));
          found.set(id, list);
        }
      }
    }
    return found;
  }

  #verdicts(entry: DesiredEntry): Verdict[] {
    return this.#options.sync
      .candidates(entry.tenant, entry.path, entry.repository)
      .map(record => this.#judge(record, entry));
  }

  #judge(record: ApplicationRecord, entry: DesiredEntry): Verdict {
    const { expectations } = this.#options;
    const { project = 'default', destination } = record;
    const gitops = useFor(record, entry);
    const { tenant } = entry;
    const readsFile = this.#readsFile(record, entry);
    const mismatches: string[] = [];
    if (record.unreadable.includes(wholeObject)) mismatches.push('it cannot be read');
    else if (record.isHydrated) {
      mismatches.push(
        'it takes its manifests from a source hydrator, which the portal does not read',
      );
    } else if (!gitops) mismatches.push('it takes nothing from the GitOps repository');
    else if (gitops.files.length > 0 && !readsFile) {
      mismatches.push('it does not read the tenant file');
    } else if (this.#readsOthers(gitops.files, tenant)) {
      mismatches.push('it reads the file of another tenant as well');
    } else if (!readsFile && record.name !== tenant) {
      mismatches.push('it does not read the tenant file');
    }
    if (!isExpected(expectations.projects, tenant, project)) {
      mismatches.push(
        'it is in a project that is not the tenant’s (tenantReleases.applications.project)',
      );
    }
    if (!isExpected(expectations.namespaces, tenant, destination.namespace)) {
      mismatches.push(
        'it deploys to a namespace that is not the tenant’s (tenantReleases.applications.namespace)',
      );
    }
    if (record.details?.isRefused) {
      mismatches.push('Argo CD does not let it use its project');
    }
    const isOtherService =
      !readsFile &&
      this.#options.desired
        .ofTenant(tenant)
        .some(({ path }) => path !== entry.path && gitops?.files.includes(path));
    return { record, readsFile, isOtherService, mismatches };
  }

  #readsFile(record: ApplicationRecord, entry: DesiredEntry): boolean {
    const { path, tenant } = entry;
    const gitops = useFor(record, entry);
    if (!gitops) return false;
    if (gitops.files.includes(path)) return true;
    const { folder } = gitops;
    if (folder === undefined || folder === '' || !path.startsWith(`${folder}/`)) return false;
    // A folder with the files of several tenants is nobody's own.
    const tenants = this.#folders().get(folder);
    return tenants?.size === 1 && tenants.has(tenant);
  }

  /** The tenants whose files are below each folder. */
  #folders(): ReadonlyMap<string, ReadonlySet<string>> {
    const { desired } = this.#options;
    const { generation } = desired;
    if (this.#known?.generation === generation) return this.#known.folders;
    const folders = new Map<string, Set<string>>();
    for (const { path, tenant } of desired.entries()) {
      for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
        const folder = path.slice(0, at);
        folders.set(folder, (folders.get(folder) ?? new Set()).add(tenant));
      }
    }
    this.#known = { generation, folders };
    return folders;
  }

  #readsOthers(files: readonly string[], tenant: string): boolean {
    return files.some(file => {
      const other = this.#options.gitops.matchTenantFile(file)?.tenant;
      return (
        other !== undefined && other !== tenant && this.#options.desired.ofTenant(other).length > 0
      );
    });
  }
}

/**
 * Those that are the tenant's, the one that counts first: what names the file goes before what only renders its folder, and
 * what deploys before what does so no more or has never done so.
 */
function agreeingOf(verdicts: readonly Verdict[]): Verdict[] {
  const agreeing = verdicts.filter(({ mismatches }) => mismatches.length === 0);
  const reading = agreeing.filter(({ readsFile }) => readsFile);
  return [...(reading.length > 0 ? reading : agreeing)].sort((a, b) => byRank(a.record, b.record));
}

/**
 * Whether somebody may take the Application for the tenant's workload. The platform's own Applications beside it, such as
 * one for quotas, read the same file, and are called otherwise and in another project.
 */
function isMeant(
  { record, readsFile, isOtherService, mismatches }: Verdict,
  { tenant }: DesiredEntry,
): boolean {
  if (isOtherService) return false;
  if (record.name === tenant || mismatches.length === 0) return true;
  return (
    readsFile && (record.labels.service !== undefined || record.destination.namespace !== tenant)
  );
}

function leftOutOf({ record, mismatches }: Verdict, { tenant, path }: DesiredEntry): LeftOut {
  const { project = 'default', destination } = record;
  const why =
    mismatches.length > 0
      ? mismatches.join(', ')
      : 'another Application, which comes first, deploys the same tenant: compare what they deploy, and where to, before you delete one';
  return {
    kind: 'application',
    name: applicationKey(record),
    reason: `Not counted for ${tenant} (${path}): ${why}. Its project is ${project}, its destination namespace ${
      destination.namespace ?? 'not set'
    }.`,
  };
}
