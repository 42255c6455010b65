import {
  maxTenantFileBytes,
  tenantNameProblem,
  type TenantFile,
} from '@internal/plugin-tenant-releases-common';
import { finding, type Finding } from '../finding';
import { layout, tenantOfPath, valuesSuffix } from '../layout';
import { boundedReader } from '../tree/readText';
import { TreeError, type TreeEntry, type TreeSource } from '../tree/treeSource';

/** A tenant, as the folder of tenant files names it. */
export interface Tenant {
  /** From the file's name; not checked to be one. */
  name: string;
  path: string;
  /** Git's object id of the file, where the tree knows it. */
  blob?: string;
  /** Absent when the file could not be read as text. */
  text?: string;
  /** Absent when the file is not valid. */
  file?: TenantFile;
  /** Why the file is not valid, where somebody asks. */
  problem?: string;
}

/** Files that may stand beside those that are deployed. */
const bystanders = new Set(['.gitkeep', 'README.md']);

/** Listed, and not there: gone meanwhile, or of a name that is no text in UTF-8. */
const gone = new TreeError(
  'unreadable',
  'cannot be opened by its name',
  'rename it to <tenant>-values.yaml, with the lower-case name of the tenant',
);

/** Finds the tenants of a tree and reads their texts; what else stands in the folder is a finding. */
export async function readTenants(
  tree: TreeSource,
): Promise<{ tenants: Tenant[]; findings: Finding[] }> {
  const { entries, findings } = await listFolder(tree, layout.tenants, valuesSuffix);
  const tenants: Tenant[] = [];
  const read = boundedReader(tree, maxTenantFileBytes);
  for (const { name: fileName, blob } of entries) {
    const path = `${layout.tenants}/${fileName}`;
    const tenant: Tenant = {
      name: tenantOfPath(path) ?? fileName,
      path,
      ...(blob ? { blob } : {}),
    };
    tenants.push(tenant);
    const problem = tenantNameProblem(tenant.name);
    if (problem) findings.push(misnamed(path, problem.replace(/^name: /, '')));
    try {
      tenant.text = await read(path);
      if (tenant.text === undefined) throw gone;
    } catch (error) {
      const found = treeFinding(path, error);
      tenant.problem = found.problem;
      findings.push(found);
    }
  }
  return { tenants, findings };
}

function misnamed(file: string, problem: string): Finding {
  return finding({
    rule: 'name-mismatch',
    file,
    problem: `is not named after a tenant: ${problem.startsWith('"') ? '' : 'the name '}${problem}`,
    cure: 'rename the file to <tenant>-values.yaml, with the name that tenant.name says',
  });
}

/** Entries of a folder whose names end as they should; the others are findings. */
export async function listFolder(
  tree: TreeSource,
  folder: string,
  suffix: string,
): Promise<{ entries: TreeEntry[]; findings: Finding[] }> {
  let entries: TreeEntry[];
  try {
    entries = (await tree.list(folder)) ?? [];
  } catch (error) {
    return { entries: [], findings: [treeFinding(folder, error)] };
  }
  const matches = (entry: TreeEntry) => entry.name.endsWith(suffix) && entry.name !== suffix;
  const strangers = entries.filter(
    entry => !matches(entry) && !(entry.kind === 'file' && bystanders.has(entry.name)),
  );
  return {
    entries: entries.filter(matches),
    findings: strangers.map(({ name, kind }) => stranger(`${folder}/${name}`, kind, suffix)),
  };
}

function stranger(path: string, kind: TreeEntry['kind'], suffix: string): Finding {
  if (kind === 'symlink') {
    return finding({
      rule: 'symlink',
      file: path,
      problem: 'is a symbolic link',
      cure: 'replace it by the file or folder itself',
    });
  }
  return finding({
    rule: 'unexpected-file',
    file: path,
    problem: `is not looked at by anything: names of files here end with "${suffix}"`,
    cure: `rename it to <tenant>${suffix}, or move it elsewhere`,
  });
}

/** The finding of something that cannot be read. @throws what is no {@link TreeError} */
export function treeFinding(file: string, error: unknown): Finding {
  if (!(error instanceof TreeError)) throw error;
  return finding({ rule: error.rule, file, problem: error.problem, cure: error.cure });
}
