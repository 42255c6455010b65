import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  formatYamlProblem,
  parseReleasePolicy,
  parseTenantFile,
  type GitopsConfig,
  type TenantFile,
} from '@internal/gitops';
import type { TreeReader } from '@internal/plugin-tenant-releases-node';

/** Folder of the files that a new tenant adds besides its own, with placeholders. */
export const skeletonPath = 'templates/new-tenant/skeleton';

/** The branch as it was at one commit, on this machine. */
export interface Snapshot {
  /** 40 hex digits. */
  commit: string;
  /** Absolute path of a folder that holds charts/, the skeleton and gitops/. */
  dir: string;
  /** Absolute path of the skeleton. */
  skeletonDir: string;
  /** Names of all tenants that have a file, readable or not. */
  tenantNames: Set<string>;
  /** Tenant files that can be read. */
  tenantFiles: TenantFile[];
  /** Reasons by bad version, of the policy that the portal reads too. */
  badVersions: Map<string, string>;
  /** True when the path is there, as a file or as a folder. */
  has(path: string): boolean;
}

/**
 * Takes a snapshot of the head of the branch: everything after it looks at the same commit.
 *
 * @param targetDir - an empty folder
 * @throws Error when the repository cannot be read or lacks the charts or the skeleton
 */
export async function takeSnapshot(
  urlReader: TreeReader,
  gitops: GitopsConfig,
  targetDir: string,
): Promise<Snapshot> {
  const wanted = [
    'charts/',
    'gitops/',
    `${skeletonPath}/`,
    gitops.valuesFolder && `${gitops.valuesFolder}/`,
    gitops.policyPath,
  ];
  const tree = await urlReader.readTree(gitops.treeUrl(''), {
    filter: file => wanted.some(prefix => prefix && file.startsWith(prefix)),
  });
  const dir = await tree.dir({ targetDir });
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile())
    .map(entry =>
      path.relative(dir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
    );
  for (const folder of ['charts/tenant', 'charts/tenant-fence', skeletonPath]) {
    if (!files.some(file => file.startsWith(`${folder}/`))) {
      throw new Error(
        `${gitops.repository.owner}/${gitops.repository.name} has no ${folder} on branch ${gitops.branch}; a tenant cannot be made without it`,
      );
    }
  }
  return {
    commit: tree.etag,
    dir,
    skeletonDir: path.join(dir, skeletonPath),
    tenantNames: new Set(files.flatMap(file => gitops.matchTenantFile(file)?.tenant ?? [])),
    tenantFiles: await readTenantFiles(dir, files, gitops),
    badVersions: await readBadVersions(dir, files, gitops),
    has: name => files.some(file => file === name || file.startsWith(`${name}/`)),
  };
}

async function readTenantFiles(
  dir: string,
  files: string[],
  gitops: GitopsConfig,
): Promise<TenantFile[]> {
  const found: TenantFile[] = [];
  for (const file of files) {
    const match = gitops.matchTenantFile(file);
    if (!match) continue;
    const content = await readFile(path.join(dir, file), 'utf8');
    const result = parseTenantFile(content, match.tenant, { maxBytes: gitops.maxFileBytes });
    if (result.ok) found.push(result.file);
  }
  return found;
}

/** @throws Error when the policy cannot be read: then nobody knows what is bad */
async function readBadVersions(
  dir: string,
  files: string[],
  { policyPath }: GitopsConfig,
): Promise<Map<string, string>> {
  if (!files.includes(policyPath)) return new Map();
  const result = parseReleasePolicy(await readFile(path.join(dir, policyPath), 'utf8'));
  if (!result.ok) {
    const [first] = result.problems;
    throw new Error(
      `${policyPath} cannot be read, so that nobody knows which versions are bad: ${formatYamlProblem(
        first,
      )}`,
    );
  }
  return new Map(result.policy.badVersions.map(({ version, reason }) => [version, reason]));
}
