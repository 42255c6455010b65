import { badVersion } from '../policy/releasePolicyRules';
import { shorten } from '../text/shorten';
import { type Freeze } from '@internal/plugin-tenant-releases-common';
import { type ReleasePolicy } from '../policy/releasePolicy';
import { freezeOf } from '../check/releaseRules';
import { defaultPlaces, layout, type TreePlaces } from '../layout/ownTree';
import { brokenPolicy, comparePolicies, type PolicyChanges } from './policyChanges';
import { changedKeys, type TenantState } from './tenantState';

/** One side of a comparison. */
export interface Side {
  /** By tenant; of the base, those whose files differ are enough. */
  tenants: ReadonlyMap<string, TenantState>;
  policy: ReleasePolicy;
  /** Set when there is a policy that cannot be read; `policy` is empty then. */
  isPolicyBroken?: boolean;
}

/** A tenant that a change reaches. */
export interface ReachedTenant {
  name: string;
  displayName?: string;
  tier: string;
  ring?: number;
  owner: string;
  /** `all`: not by itself, but as every tenant: through a chart. */
  how: 'added' | 'removed' | 'changed' | 'all';
  /** Absent when the version stays. */
  version?: { from?: string; to?: string };
  /** Keys of the tenant file that change, beside the version. */
  settings: string[];
  /** Whether its Applications or its AppProject change. */
  argocd: boolean;
  hold?: { version: string; reason?: string };
  freeze?: Freeze;
  /** Why the version that it is moved to is on the list of bad versions. */
  bad?: string;
  /** Whether its file can be read. */
  readable: boolean;
}

/** Whom a change reaches. */
export interface BlastRadius {
  tenants: ReachedTenant[];
  /** How many tenants there are afterwards. */
  of: number;
  /** Charts that change, and with them every tenant. */
  charts: string[];
  policy: PolicyChanges;
  /** Paths of what the platform itself runs. */
  platform: string[];
  /** Number of changed paths by group: what many tenants have in common. */
  tiers: Record<string, number>;
  rings: Record<string, number>;
  owners: Record<string, number>;
}

/**
 * Says whom a change reaches.
 *
 * @param paths - that differ, from the tree's root
 * @param at - the moment that freezes are judged for
 */
export function blastRadius(
  paths: readonly string[],
  base: Side,
  head: Side,
  at: Date,
  places: TreePlaces = defaultPlaces,
): BlastRadius {
  const charts = [layout.workloadChart, layout.fenceChart].filter(chart =>
    paths.some(path => path.startsWith(`${chart}/`) && !isBeside(path.slice(chart.length + 1))),
  );
  const own = new Set(paths.flatMap(path => places.matchTenantFile(path)?.tenant ?? []));
  const objects = new Set(
    paths.flatMap(path => /^gitops\/(?:apps|projects)\/([^/]+)\.yaml$/.exec(path)?.[1] ?? []),
  );
  const names = new Set([...own, ...objects, ...(charts.length > 0 ? head.tenants.keys() : [])]);
  const tenants = [...names].sort().map(name => {
    const before = own.has(name) ? base.tenants.get(name) : head.tenants.get(name);
    const reached = reach(name, before, head.tenants.get(name));
    const isOwn = own.has(name) || objects.has(name);
    return {
      ...reached,
      how: isOwn ? reached.how : ('all' as const),
      argocd: objects.has(name),
      ...rules(reached, before, base.policy, head.policy, at),
    };
  });
  return {
    tenants,
    of: head.tenants.size,
    charts,
    policy: head.isPolicyBroken ? brokenPolicy : comparePolicies(base.policy, head.policy),
    platform: paths.filter(path => /^gitops\/(platform|bootstrap)\//.test(path)),
    tiers: tally(tenants.map(({ tier }) => tier)),
    rings: tally(tenants.map(({ ring }) => (ring === undefined ? 'unknown' : String(ring)))),
    owners: tally(tenants.map(({ owner }) => owner)),
  };
}

/** Files of a chart that nothing is rendered from: its description, and the scenarios of its tests. */
function isBeside(file: string): boolean {
  return /^(README\.md(\.in)?|\.helmignore|ci\/.*)$/.test(file);
}

function reach(
  name: string,
  before: TenantState | undefined,
  after: TenantState | undefined,
): Omit<ReachedTenant, 'argocd'> {
  const state = after ?? before;
  const { displayName, tier, ring, owner, hold } = state?.tenant ?? {};
  const from = tagOf(before);
  const to = tagOf(after);
  return {
    name,
    ...(displayName === undefined ? {} : { displayName }),
    tier: tier ?? 'unknown',
    ...(ring === undefined ? {} : { ring }),
    owner: owner ?? 'unknown',
    how: (!before && 'added') || (!after && 'removed') || 'changed',
    // Of a file that cannot be read nobody knows what changes.
    ...(from === to || after?.readable === false
      ? {}
      : { version: { ...(from ? { from } : {}), ...(to ? { to } : {}) } }),
    settings: before?.readable && after?.readable ? changedKeys(before, after) : [],
    ...(hold ? { hold: { version: hold.version, reason: hold.reason } } : {}),
    readable: state?.readable ?? false,
  };
}

function tagOf(state: TenantState | undefined): string | undefined {
  const tag = state?.image.tag;
  return typeof tag === 'string' ? tag : undefined;
}

/** What the rules say, those before the change and those after it. */
function rules(
  { name, tier, ring, version }: Omit<ReachedTenant, 'argocd'>,
  before: TenantState | undefined,
  ...[base, head, at]: [ReleasePolicy, ReleasePolicy, Date]
): Pick<ReachedTenant, 'freeze' | 'bad'> {
  const states = [{ tier, ring: ring ?? -1 }];
  const { tier: formerTier, ring: formerRing } = before?.tenant ?? {};
  states.push({ tier: formerTier ?? tier, ring: formerRing ?? ring ?? -1 });
  const freeze = freezeOf(name, states, [base, head], at);
  const bad = version?.to && (badVersion(base, version.to) ?? badVersion(head, version.to));
  return { ...(freeze ? { freeze } : {}), ...(bad ? { bad: shorten(bad.reason) } : {}) };
}

function tally(values: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(
    [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)),
  );
}
