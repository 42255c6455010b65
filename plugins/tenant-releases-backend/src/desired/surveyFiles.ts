import { shorten, type GitopsConfig, type GitFile } from '@internal/gitops';
import {
  tenantNameProblem,
  type LayoutMatch,
  type LeftOut,
} from '@internal/plugin-tenant-releases-common';
import { closestPaths } from './closestPaths';
import { fileLeftOut, strangersAmong } from './strangers';

/** A tenant and service that a path names. */
export interface PathOwner {
  tenant: string;
  service: string;
}

/** What the paths of a commit say before a file is read. */
export interface FileSurvey {
  /** Tenant files that releases are made of: one for each tenant and service. */
  tenantPaths: ReadonlySet<string>;
  leftOut: LeftOut[];
  /** What each pattern meets; empty where nobody has counted. */
  matches: LayoutMatch[];
  /** What is no fault, for people. */
  notes?: string[];
  /** Why no file can be right, with the cure. */
  misconfigured?: string;
  /** Why there is no tenant, where that is no mistake. */
  note?: string;
}

/** Files that a repository has before anything else, and that keep a folder on purpose. */
const bystander = /(^|\/)(\.[^/]+|(README|LICENSE|NOTICE|CHANGELOG|CONTRIBUTING)[^/]*)$/i;

/** The tenant and service of a path; `undefined` for one that is nobody's. */
export function ownerOf(
  path: string,
  gitops: Pick<GitopsConfig, 'matchTenantFile'>,
  defaultService: string,
): PathOwner | undefined {
  const match = gitops.matchTenantFile(path);
  if (!match || tenantNameProblem(match.tenant)) return undefined;
  return { tenant: match.tenant, service: match.service ?? defaultService };
}

/**
 * Tells the tenant files of a commit from what only looks like one, so that nothing is missing without a word.
 *
 * @param files - every file of the commit
 */
export function surveyFiles(
  files: readonly GitFile[],
  gitops: GitopsConfig,
  service: string,
): FileSurvey {
  const leftOut: LeftOut[] = [];
  const chosen = new Map<string, string>();
  const others: GitFile[] = [];
  const tenants = new Set<string>();
  let matches = 0;
  const sorted = [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
  for (const file of sorted) {
    const { path } = file;
    const match = gitops.matchTenantFile(path);
    const owner = ownerOf(path, gitops, service);
    if (match) matches += 1;
    if (owner) {
      const key = `${owner.tenant}/${owner.service}`;
      const first = chosen.get(key);
      if (first === undefined) {
        chosen.set(key, path);
        tenants.add(owner.tenant);
      } else leftOut.push(fileLeftOut(path, second(owner, first)));
    } else if (match) leftOut.push(fileLeftOut(path, misnamed(match.tenant)));
    else if (path !== gitops.policyPath) others.push(file);
  }
  leftOut.push(...strangersAmong(others, gitops));
  return {
    tenantPaths: new Set(chosen.values()),
    leftOut,
    matches: [
      {
        ...valuesPattern(gitops),
        files: matches,
        releases: chosen.size,
        tenants: tenants.size,
        ...(matches === 0
          ? {
              closest: closestPaths(
                gitops.valuesPath,
                files.map(({ path }) => path),
              ),
            }
          : {}),
      },
    ],
    ...(matches === 0
      ? nothing(
          files.map(({ path }) => path),
          gitops,
        )
      : {}),
  };
}

/** Where releases are in our own layout. */
export function valuesPattern({ valuesPath }: Pick<GitopsConfig, 'valuesPath'>) {
  return { key: 'tenantReleases.gitops.valuesPath', pattern: valuesPath };
}

function second({ tenant, service }: PathOwner, first: string): string {
  return `It is a second file of tenant ${tenant} and service ${shorten(
    service,
    60,
  )}, for which ${first} is read: keep one of them, or give each its own tenant name.`;
}

function misnamed(name: string): string {
  const problem = (tenantNameProblem(name) ?? '').replace(/^name: ("[^"]*" )?/, '');
  return `The tenant's name "${shorten(
    name,
    80,
  )}" ${problem}: rename the file or folder, and tenant.name with it.`;
}

/** Without any match: a repository or a folder that is empty on purpose, or a wrong setting. */
function nothing(
  paths: readonly string[],
  { valuesPath, valuesFolder, policyPath, branch }: GitopsConfig,
): Pick<FileSurvey, 'misconfigured' | 'note'> {
  const files = paths.filter(path => !bystander.test(path) && path !== policyPath);
  const inFolder = paths.filter(path => path.startsWith(`${valuesFolder}/`));
  const isEmptyFolder = inFolder.length > 0 && inFolder.every(path => bystander.test(path));
  if (files.length === 0 || isEmptyFolder) {
    return { note: `There is no tenant file yet: none matches ${valuesPath} on branch ${branch}.` };
  }
  const count = paths.length.toLocaleString('en-US');
  return {
    misconfigured: `0 of ${count} files match tenantReleases.gitops.valuesPath (${valuesPath}) on branch ${branch}: correct the setting, or add the first tenant file; a .gitkeep alone in its folder says that there is none yet.`,
  };
}
