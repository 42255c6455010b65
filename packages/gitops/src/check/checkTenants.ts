import { finding, type Finding } from './finding';
import { defaultPlaces, type TreePlaces } from '../layout/ownTree';
import type { SchemaErrors } from '../tenantFile/tenantSchema';
import { checkTenantFile } from './checkTenantFile';
import { placeIn } from './placeIn';
import type { Tenant } from './tenants';
import { withinTime } from './withinTime';

/**
 * Checks the files of tenants one after another; those that are valid get their `file`, the others their `problem`.
 *
 * @param milliseconds - for all of them
 */
export function checkTenants(
  tenants: readonly Tenant[],
  schema: SchemaErrors | undefined,
  milliseconds: number,
  { maxFileBytes }: Pick<TreePlaces, 'maxFileBytes'> = defaultPlaces,
): Finding[] {
  const findings: Finding[] = [];
  const names = new Map<string, Tenant>();
  let current: Tenant | undefined;
  const isDone = withinTime(milliseconds, () => {
    for (const tenant of tenants) {
      current = tenant;
      if (tenant.text === undefined) continue;
      const checked = checkTenantFile(tenant.path, tenant.name, tenant.text, schema, maxFileBytes);
      findings.push(...checked.findings);
      const name = checked.said ?? tenant.name;
      const other = names.get(name);
      if (other) findings.push(sameName(tenant, other));
      names.set(name, other ?? tenant);
      const [first] = checked.findings;
      if (checked.file) tenant.file = checked.file;
      else if (first) tenant.problem = `${first.key} ${first.problem}`;
    }
  });
  return isDone || !current ? findings : [...findings, tooSlow(current.path)];
}

function sameName({ path, text }: Tenant, other: Tenant): Finding {
  return finding({
    rule: 'duplicate-namespace',
    file: path,
    ...placeIn(text, ['tenant', 'name']),
    key: 'tenant.name',
    problem: `is the name in ${other.path} too: two tenants would share one namespace`,
    cure: 'give each tenant the name that its file has',
  });
}

/** The finding of a check that ran out of time. */
export function tooSlow(file: string): Finding {
  return finding({
    rule: 'too-many',
    file,
    problem: 'and what follows was not checked: it took too long',
    cure: 'mend the findings, shorten the files and the expressions of the schema, then check again',
  });
}
