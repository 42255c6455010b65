import type { ResourceEntity } from '@backstage/catalog-model';
import type { GitopsConfig } from '@internal/gitops';
import { brokenFileEntity, withFileError } from './brokenFileEntity';
import type { TenantFileState } from './readTenantFiles';
import { tenantEntity } from './tenantEntity';

/**
 * The entities of all tenant files. A file that cannot be read yields its last good entity with the error on it, or an
 * entity of its own that says what is wrong; it never keeps another file from being listed.
 *
 * @param lastGood - by entity name
 * @param defaultService - what a tenant runs when the file's path does not name it
 */
export function tenantEntities(
  files: TenantFileState[],
  gitops: GitopsConfig,
  lastGood: ReadonlyMap<string, ResourceEntity>,
  defaultService: string,
): ResourceEntity[] {
  const entities = new Map<string, ResourceEntity>();
  for (const [tenant, group] of groupByTenant(files)) {
    const readable = group.flatMap(({ path, match, result }) =>
      result.ok ? [{ path, file: result.file, service: match.service ?? defaultService }] : [],
    );
    const problems = problemsOf(group);
    const good =
      readable.length > 0
        ? tenantEntity({
            ...readable[0],
            services: [...new Set(readable.map(({ service }) => service))],
            gitops,
          })
        : lastGood.get(tenant);
    const entity = good ?? brokenFileEntity(group[0], problems, gitops);
    entities.set(
      entity.metadata.name,
      good && problems.length > 0 ? withFileError(good, problems) : entity,
    );
  }
  return [...entities.values()];
}

function groupByTenant(files: TenantFileState[]): Map<string, TenantFileState[]> {
  const groups = new Map<string, TenantFileState[]>();
  for (const file of files) {
    groups.set(file.match.tenant, [...(groups.get(file.match.tenant) ?? []), file]);
  }
  return groups;
}

/** With more than one file for a tenant, each problem says whose it is. */
function problemsOf(group: TenantFileState[]): string[] {
  return group.flatMap(({ path, result }) => {
    if (result.ok) return [];
    return group.length > 1
      ? result.problems.map(problem => `${path}: ${problem}`)
      : result.problems;
  });
}
