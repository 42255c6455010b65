import { maxReleasePolicyLength } from '../policy/releasePolicy';
import { compareFindings, finding, type Finding } from './finding';
import { defaultPlaces, layout, type TreePlaces } from '../layout/ownTree';
import { tenantSchema } from '../tenantFile/tenantSchema';
import { readText } from '../tree/readText';
import { TreeError, type TreeSource } from '../tree/treeSource';
import type { BaseState } from './baseState';
import { checkArgocdFiles } from './checkArgocdFiles';
import { originOf, type TreeOrigin } from './checkApplications';
import { imageOriginFindings } from './imageOrigins';
import { linkFindings } from './linkFindings';
import { checkOwnerGroups } from './checkOwnerGroups';
import { checkPolicyNames, readPolicy } from './checkPolicy';
import { checkTenants } from './checkTenants';
import { releaseFindings } from './releaseRules';
import { readTenants, type Tenant } from './tenants';

/** How a tree is checked. */
export interface CheckOptions {
  /** The moment that freezes are judged for. */
  at: Date;
  /** What the tree is compared with; without it, nothing is said of changes. */
  base?: (tenants: readonly Tenant[]) => Promise<BaseState>;
  /** Where tenant files and policy are; as by default, where nothing is said. */
  places?: TreePlaces;
  /** A tree whose schema is used when this one has no charts. */
  own?: TreeSource;
  /** Milliseconds until the check gives up on a tree that takes for ever; two minutes by default. */
  timeLimit?: number;
}

/** What came of checking a tree. */
export interface CheckReport {
  tenants: Tenant[];
  /** By file and place. An error among them refuses the tree. */
  findings: Finding[];
  base?: BaseState;
}

/**
 * Checks every tenant file of a tree, its Argo CD files and its release policy. One bad file does not stop the check of the
 * others, and nothing outside the tree is read.
 */
export async function checkTree(tree: TreeSource, options: CheckOptions): Promise<CheckReport> {
  const { timeLimit = 120_000, places = defaultPlaces } = options;
  const isLate = deadline(timeLimit);
  const { tenants, findings } = await readTenants(tree, places);
  const schema = await tenantSchema(tree, options.own);
  findings.push(...schema.findings);
  findings.push(...checkTenants(tenants, schema.errors, timeLimit, places));
  findings.push(...(await linkFindings(tree, places)));
  findings.push(...(await imageOriginFindings(tree, tenants)));
  const origin = await readOrigin(tree, findings);
  findings.push(...(await checkArgocdFiles(tree, tenants, origin, isLate, places)));
  findings.push(...(await checkOwnerGroups(tree, tenants)));
  const policy = await readPolicy(tree, places);
  findings.push(...policy.findings, ...checkPolicyNames(policy, tenants, places));
  const base = await options.base?.(tenants);
  findings.push(...releaseFindings(tenants, policy.policy, options.at, base, places));
  if (tenants.length === 0) findings.push(noTenants(places));
  return {
    tenants,
    findings: withoutRepeats(findings).sort(compareFindings),
    ...(base ? { base } : {}),
  };
}

/** What two rules say of the same file in the same words is told once. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const said = ({ rule, severity, file, line, column, key, problem, cure }: Finding) =>
    JSON.stringify([rule, severity, file, line, column, key, problem, cure]);
  return [...new Map(findings.map(one => [said(one), one])).values()];
}

/** Whether a report refuses the tree. */
export function isRefused({ findings }: Pick<CheckReport, 'findings'>): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

async function readOrigin(tree: TreeSource, findings: Finding[]): Promise<TreeOrigin> {
  try {
    return originOf(await readText(tree, layout.root, maxReleasePolicyLength));
  } catch (error) {
    if (!(error instanceof TreeError)) throw error;
    const { rule, problem, cure } = error;
    findings.push(finding({ rule, file: layout.root, problem, cure }));
    return {};
  }
}

function deadline(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() > end;
}

function noTenants({ valuesFolder, valuesPath }: TreePlaces): Finding {
  return finding({
    rule: 'orphan',
    severity: 'warning',
    file: valuesFolder || '.',
    problem: `holds no tenant: no file matches ${valuesPath}`,
    cure: 'see whether this is the tree that was meant',
  });
}
