import { maxOwnerGroupLength, ownerGroupsFolder, parseOwnerGroup } from '../facts/ownerGroup';
import { atMost, finding, type Finding } from './finding';
import { joinPath } from '../tree/joinPath';
import { readText } from '../tree/readText';
import type { TreeSource } from '../tree/treeSource';
import { listFolder, treeFinding } from './listFolder';
import type { Tenant } from './tenants';

const suffix = '.yaml';

/** Checks the groups that came with tenants: that each is a group and no more, and how many tenants it owns. */
export async function checkOwnerGroups(
  tree: TreeSource,
  tenants: readonly Tenant[],
): Promise<Finding[]> {
  const { entries, findings } = await listFolder(tree, ownerGroupsFolder, `*${suffix}`);
  for (const { name } of entries) {
    const file = joinPath(ownerGroupsFolder, name);
    try {
      const text = (await readText(tree, file, maxOwnerGroupLength)) ?? '';
      findings.push(...checkText(file, name.slice(0, -suffix.length), text, tenants));
    } catch (error) {
      findings.push(treeFinding(file, error));
    }
  }
  return findings;
}

function checkText(
  file: string,
  name: string,
  text: string,
  tenants: readonly Tenant[],
): Finding[] {
  const result = parseOwnerGroup(text, name);
  if (!result.ok) {
    return atMost(
      result.problems.map(({ text: problem, key, line, column }) =>
        finding({
          rule: 'owner-group',
          file,
          line,
          column,
          key,
          problem,
          cure: 'correct it: until then the catalog keeps the group as it was',
        }),
      ),
    );
  }
  const owned = tenants.filter(tenant => isOwnedBy(tenant, name)).map(tenant => tenant.name);
  // Nobody knows what a file that cannot be read names; it has findings of its own.
  if (owned.length === 1 || (owned.length === 0 && tenants.some(({ file: read }) => !read))) {
    return [];
  }
  return [
    finding({
      rule: 'owner-group',
      severity: 'warning',
      file,
      problem: owned.length === 0 ? 'owns no tenant' : `owns ${owned.join(', ')}`,
      cure:
        owned.length === 0
          ? 'remove it, or name it as the owner of a tenant'
          : 'see that its members are to see all of them',
    }),
  ];
}

function isOwnedBy({ file }: Tenant, group: string): boolean {
  return file?.tenant.owner.toLowerCase() === `group:default/${group}`;
}
