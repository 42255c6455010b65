import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';
import { type TenantFile } from '../tenantFile/tenantFile';
import { finding, type Finding } from './finding';
import { defaultPlaces, type TreePlaces } from '../layout/ownTree';
import { boundedReader } from '../tree/readText';
import { TreeError, type TreeSource } from '../tree/treeSource';
import { findTenantFiles } from './findTenantFiles';
import { treeFinding } from './listFolder';

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

/** Listed, and not there: gone meanwhile, or of a name that is no text in UTF-8. */
const gone = new TreeError(
  'unreadable',
  'cannot be opened by its name',
  'rename it, with the lower-case name of the tenant in it',
);

/** Finds the tenants of a tree and reads their texts; what else stands in the folder is a finding. */
export async function readTenants(
  tree: TreeSource,
  places: TreePlaces = defaultPlaces,
): Promise<{ tenants: Tenant[]; findings: Finding[] }> {
  const { files, findings } = await findTenantFiles(tree, places);
  const tenants: Tenant[] = [];
  const read = boundedReader(tree, places.maxFileBytes);
  for (const { path, blob } of files) {
    const tenant: Tenant = {
      name: places.matchTenantFile(path)?.tenant ?? path,
      path,
      ...(blob ? { blob } : {}),
    };
    tenants.push(tenant);
    const problem = tenantNameProblem(tenant.name);
    if (problem) findings.push(misnamed(path, places, problem.replace(/^name: /, '')));
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

function misnamed(file: string, { valuesPath }: TreePlaces, problem: string): Finding {
  const name = valuesPath.slice(valuesPath.lastIndexOf('/') + 1).replace('{tenant}', '<tenant>');
  return finding({
    rule: 'name-mismatch',
    file,
    problem: `is not named after a tenant: ${problem.startsWith('"') ? '' : 'the name '}${problem}`,
    cure: name.includes('<tenant>')
      ? `rename the file to ${name}, with the name that tenant.name says`
      : 'rename its folder to the name that tenant.name says',
  });
}
