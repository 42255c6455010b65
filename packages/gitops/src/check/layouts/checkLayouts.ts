import type { Checkout } from '../../checkout/checkout';
import { folderOf } from '../../checkout/paths';
import { withDeployments } from '../../applied/readDeployments';
import type { Deployments, ReadOptions } from '../../applied/deployments';
import { examine, type Examination } from '../../doctor/examine';
import type { Unmatched } from '../../doctor/release';
import type { Layout } from '../../layout/layout';
import type { ReleasePolicy } from '../../policy/releasePolicy';
import { parseYaml } from '../../yaml/parseYaml';
import { compareFindings, finding, type Finding } from '../finding';
import { applicationFindings, type ApplicationState } from './applicationRules';
import { mixedFindings, mixedTenants, type MixedTenants } from './mixedTenants';
import { projectFindings } from './projectRules';
import { releaseFindings } from './releaseRules';

/** What a repository wants by its layouts. */
export interface LayoutState extends Pick<Examination, 'releases' | 'unmatched' | 'notes'> {
  applications: ApplicationState[];
  mixed: MixedTenants[];
}

/** How a repository of another layout is checked. */
export interface LayoutCheckOptions {
  layouts: readonly Layout[];
  read: ReadOptions;
  /** The moment that freezes are judged for. */
  at: Date;
  policy: ReleasePolicy;
  policyPath: string;
  /** What it is compared with; without it, nothing is said of changes. */
  base?: { state: LayoutState; policy: ReleasePolicy; policyProblem?: string };
}

/** What the files of a checkout want, by its layouts. */
export async function readLayoutState(
  checkout: Checkout,
  layouts: readonly Layout[],
  read: ReadOptions,
): Promise<LayoutState> {
  return withDeployments(checkout, read, deployed => stateOf(checkout, deployed, layouts));
}

/**
 * Checks a repository of another layout than our own, as far as that can be judged without its charts' meaning: what cannot be
 * read or matched, what Argo CD would refuse, and what policy has against its releases.
 */
export async function checkLayouts(
  checkout: Checkout,
  { layouts, read, at, policy, policyPath, base }: LayoutCheckOptions,
): Promise<{ state: LayoutState; findings: Finding[] }> {
  return withDeployments(checkout, read, async deployed => {
    const state = await stateOf(checkout, deployed, layouts);
    const findings = [
      ...unmatchedFindings(state, base?.state),
      ...fileFindings(checkout, layouts),
      ...applicationFindings(state, base?.state),
      ...mixedFindings(state.mixed, base?.state.mixed),
      ...projectFindings(checkout, deployed.deployments),
      ...releaseFindings(state.releases, { policy, policyPath, at, base }),
    ];
    return { state, findings: findings.sort(compareFindings) };
  });
}

async function stateOf(
  checkout: Checkout,
  deployed: Deployments,
  layouts: readonly Layout[],
): Promise<LayoutState> {
  const { releases, unmatched, notes } = await examine(checkout, deployed, layouts);
  const applications = deployed.deployments.flatMap(({ application }) =>
    application ? [application] : [],
  );
  const mixed = mixedTenants(checkout, deployed.deployments, layouts, releases);
  return { releases, unmatched, notes, applications, mixed };
}

/** What is not matched refuses a change that brings it; a repository that has it already goes on working. */
function unmatchedFindings(
  { unmatched, applications }: LayoutState,
  base: LayoutState | undefined,
): Finding[] {
  const keyOf = ({ kind, name, reason }: Unmatched) => JSON.stringify([kind, name, reason]);
  const before = new Set(base?.unmatched.map(keyOf));
  const places = new Map(applications.map(one => [one.name, one]));
  return unmatched.map(one => {
    const { kind, name, reason } = one;
    const [, file, line, rest] = /^(\S+\.\S+):(\d+) (.+)$/s.exec(reason) ?? [];
    const place = kind === 'application' ? places.get(name) : undefined;
    return finding({
      rule: 'layout',
      severity: base && !before.has(keyOf(one)) ? 'error' : 'warning',
      file: file ?? place?.file ?? (kind === 'file' ? name : '.'),
      line: Number(line ?? place?.line ?? 1),
      problem: kind === 'file' && !file ? reason : `${kind} ${name}: ${rest ?? reason}`,
      cure: 'correct it, or what the layout says of it; gitops doctor tells what is matched',
    });
  });
}

/** Files that a layout claims, or that stand in a folder of it, and that nobody can read. */
function fileFindings(checkout: Checkout, layouts: readonly Layout[]): Finding[] {
  const isClaimed = (file: string) =>
    layouts.some(
      ({ path, isExcluded }) =>
        (path?.match(file) ?? path?.match(folderOf(file))) && !isExcluded(file),
    );
  // A template of a chart is no YAML before it is rendered.
  const isData = (file: string) =>
    /\.(ya?ml|json)$/.test(file) && !`/${file}`.includes('/templates/');
  return checkout.files
    .filter(file => isData(file) && isClaimed(file))
    .flatMap(file => {
      const text = checkout.text(file);
      if (text !== undefined && checkout.documents(file).length > 0) return [];
      const told = text === undefined ? [] : parseYaml(file, text, { single: false }).findings;
      if (text === undefined) {
        const problem = 'cannot be read: it is too large or no text';
        return finding({ rule: 'unreadable', file, problem, cure: 'make it a YAML file' });
      }
      return told.filter(({ severity }) => severity === 'error');
    });
}
