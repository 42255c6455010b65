import {
  emptyReleasePolicy,
  maxReleasePolicyLength,
  parseReleasePolicy,
  type ReleasePolicy,
} from '../policy/releasePolicy';
import { policyRing } from '../policy/releasePolicyRules';
import { atMost, finding, type Finding } from './finding';
import { defaultPlaces, type TreePlaces } from '../layout/ownTree';
import { readText } from '../tree/readText';
import type { TreeSource } from '../tree/treeSource';
import { parseYaml } from '../yaml/parseYaml';
import { treeFinding } from './listFolder';
import type { Tenant } from './tenants';

/** The policy of a tree. */
export interface PolicyRead {
  /** Empty when there is no file, or none that can be read; then a finding says so. */
  policy: ReleasePolicy;
  text?: string;
  findings: Finding[];
}

/** Reads the release policy of a tree. A tree without one has no rules, which is worth a warning. */
export async function readPolicy(
  tree: TreeSource,
  { policyPath: file }: TreePlaces = defaultPlaces,
): Promise<PolicyRead> {
  try {
    const text = await readText(tree, file, maxReleasePolicyLength);
    if (text === undefined) {
      const missing = { problem: 'is missing: nothing is frozen, no version is bad' };
      const cure = 'add it, with the empty lists rings, badVersions and freezes';
      return {
        policy: emptyReleasePolicy,
        findings: [finding({ rule: 'policy', severity: 'warning', file, ...missing, cure })],
      };
    }
    return { text, ...parsePolicy(file, text) };
  } catch (error) {
    return { policy: emptyReleasePolicy, findings: [treeFinding(file, error)] };
  }
}

function parsePolicy(file: string, text: string): { policy: ReleasePolicy; findings: Finding[] } {
  // First as every other file: what explodes or occurs twice is told in the same words.
  const { findings } = parseYaml(file, text, { single: true });
  if (findings.length > 0) return { policy: emptyReleasePolicy, findings };
  const result = parseReleasePolicy(text);
  if (result.ok) return { policy: result.policy, findings: [] };
  return {
    policy: emptyReleasePolicy,
    findings: atMost(
      result.problems.map(({ text: problem, key, ...place }) =>
        finding({
          rule: 'policy',
          file,
          ...place,
          key,
          problem,
          cure: 'mend it: until then nothing is known to be allowed',
        }),
      ),
    ),
  };
}

/** Tenants and rings that the policy and the tenant files name, and the other does not know. */
export function checkPolicyNames(
  { policy, text }: PolicyRead,
  tenants: readonly Tenant[],
  { policyPath }: TreePlaces = defaultPlaces,
): Finding[] {
  if (text === undefined) return [];
  const known = new Set(tenants.map(({ name }) => name));
  const [document] = parseYaml(policyPath, text, { single: true }).documents;
  const strangers = policy.freezes.flatMap((freeze, index) =>
    (freeze.tenants ?? []).flatMap((name, place) => {
      if (known.has(name) || !document) return [];
      const path = ['freezes', index, 'tenants', place];
      return finding({
        rule: 'policy',
        severity: 'warning',
        file: policyPath,
        ...document.at(path),
        key: path.join('.'),
        problem: `there is no tenant ${name}`,
        cure: 'correct the name, or remove it',
      });
    }),
  );
  if (policy.holds) {
    strangers.push(
      finding({
        rule: 'policy',
        file: policyPath,
        ...document?.at(['holds']),
        key: 'holds',
        problem: 'holds nobody here: a tenant file has a place of its own for its hold',
        cure: 'write tenant.hold into the tenant files, and remove the key',
      }),
    );
  }
  return [...strangers, ...(policy.rings.length > 0 ? ringless(policy, tenants, policyPath) : [])];
}

function ringless(
  policy: ReleasePolicy,
  tenants: readonly Tenant[],
  policyPath: string,
): Finding[] {
  return tenants.flatMap(({ file, path, text }) => {
    if (!file || !text || policyRing(policy, file.tenant.ring)) return [];
    const [document] = parseYaml(path, text, { single: true }).documents;
    return finding({
      rule: 'ring',
      severity: 'warning',
      file: path,
      ...document?.at(['tenant', 'ring']),
      key: 'tenant.ring',
      problem: `is ${file.tenant.ring}, which ${policyPath} does not list`,
      cure: 'use a ring of the list, or add this one to it',
    });
  });
}
