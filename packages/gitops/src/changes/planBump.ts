import { ringOrder, ringTitle } from '../policy/releasePolicyRules';
import { shorten } from '../text/shorten';
import { type Hold } from '@internal/plugin-tenant-releases-common';
import { type ReleasePolicy } from '../policy/releasePolicy';
import { defaultPlaces, type TreePlaces } from '../layout/ownTree';
import type { Tenant } from '../check/tenants';
import { judge, serviceOf, type Candidate } from './judgeTenant';
import { EditError } from '../locate/EditError';
import { momentOf, moveTenant } from './moveTenant';
import { refusals } from './refusals';

/** What a bump is to do. */
export interface BumpRequest {
  service: string;
  /** The image tag that tenants are moved to. */
  version: string;
  /** Only these rings; all without any. */
  rings?: readonly number[];
  /** Only these tenants; all without any. */
  tenants?: readonly string[];
  /** Whether a ring waits until every earlier one has the version. */
  inOrder?: boolean;
  /** Holds the tenants at the version too: a roll-back that the next bump obeys. */
  hold?: { reason: string; by: string };
  /** The moment that freezes are judged for, and from which a hold counts. */
  at: Date;
}

/** A tenant whose file a bump changes. */
export interface BumpChange {
  tenant: string;
  displayName: string;
  tier: string;
  owner: string;
  ring: number;
  path: string;
  /** Name of the image, without tag. */
  repository: string;
  from: string;
  to: string;
  /** Whether `image.digest` is taken away, because it pins the content of the version before. */
  unpinned?: true;
  /** The hold that the new text says. */
  hold?: Required<Hold>;
  /** The text of the file as it is. */
  before: string;
  /** The new text of the file. */
  text: string;
}

/** Why a bump leaves a tenant alone. */
export type SkipKind =
  | 'current'
  | 'held'
  | 'frozen'
  | 'earlier-ring'
  | 'other-ring'
  | 'other-service'
  | 'broken';

/** A tenant that a bump leaves alone. */
export interface BumpSkip {
  tenant: string;
  /** Absent when the file does not say. */
  ring?: number;
  kind: SkipKind;
  /** For people; what the tenant or its file is: `is held at ...`. */
  reason: string;
}

/** What a bump would do. */
export interface BumpPlan {
  service: string;
  version: string;
  changes: BumpChange[];
  skipped: BumpSkip[];
  /** Why nothing is done at all; empty when the bump goes ahead. */
  refused: string[];
  /** What a person should know though the bump goes ahead. */
  warnings: string[];
  /** Rings that do not have the version yet, in the order of promotion. */
  waiting: Array<{ ring: number; title: string; tenants: string[] }>;
}

/**
 * Says what a bump does to each tenant. Nothing is written: the new texts are made first, so that a bump is never half done.
 *
 * @param tenants - all of the tree, checked; those without a valid file are skipped as broken
 */
export function planBump(
  tenants: readonly Tenant[],
  policy: ReleasePolicy,
  request: BumpRequest,
  places: TreePlaces = defaultPlaces,
): BumpPlan {
  const { service, version } = request;
  const plan: BumpPlan = {
    service,
    version,
    changes: [],
    skipped: [],
    refused: [],
    warnings: tenants.length === 0 ? [noTenants(places)] : [],
    waiting: [],
  };
  plan.refused = refusals(tenants, policy, request, places);
  if (plan.refused.length > 0) return plan;
  const candidates = tenants.flatMap(tenant => candidate(tenant, service));
  plan.waiting = waitingRings(candidates, policy, version);
  for (const tenant of tenants.filter(one => isChosen(one, request))) {
    if (tenant.file) continue;
    const reason = `has a file that cannot be read: ${tenant.problem ?? 'it is not valid'}`;
    plan.skipped.push({ tenant: tenant.name, kind: 'broken', reason });
  }
  plan.skipped.push(...otherServices(tenants, request), ...otherRings(tenants, request));
  for (const one of candidates.filter(({ tenant }) => isChosen(tenant, request))) {
    const skip = judge(one, policy, request, plan.waiting);
    if (skip) plan.skipped.push(skip);
    else apply(one, request, plan);
  }
  plan.skipped.sort((one, other) => (one.tenant < other.tenant ? -1 : 1));
  return plan;
}

function noTenants({ valuesPath }: TreePlaces): string {
  return `No file matches valuesPath ${valuesPath}: correct tenantReleases.gitops.valuesPath or --values-path if there are tenants`;
}

function apply(one: Candidate, request: BumpRequest, plan: BumpPlan): void {
  const { version, hold, at } = request;
  const { tenant, file } = one;
  try {
    const wanted = hold && { version, ...hold, since: momentOf(at) };
    plan.changes.push(moveTenant(one, version, wanted));
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    const reason = `has a file that cannot be changed: ${error.message}`;
    plan.skipped.push({ tenant: tenant.name, ring: file.tenant.ring, kind: 'broken', reason });
  }
}

/** Who is named, and runs something else; of all others nobody wants to hear it. */
function otherServices(tenants: readonly Tenant[], request: BumpRequest): BumpSkip[] {
  return tenants.flatMap(({ name, file }) => {
    if (!file || !request.tenants?.includes(name) || serviceOf(file) === request.service) return [];
    const reason = `runs ${shorten(serviceOf(file), 60)}, not ${request.service}`;
    return { tenant: name, ring: file.tenant.ring, kind: 'other-service' as const, reason };
  });
}

/** Who is named, but not the ring. */
function otherRings(
  tenants: readonly Tenant[],
  { service, tenants: named = [], rings = [] }: BumpRequest,
): BumpSkip[] {
  return tenants.flatMap(({ name, file }) => {
    if (!file || !named.includes(name) || serviceOf(file) !== service) return [];
    const { ring } = file.tenant;
    if (rings.length === 0 || rings.includes(ring)) return [];
    const reason = `is in ring ${ring}, which was not asked for`;
    return { tenant: name, ring, kind: 'other-ring' as const, reason };
  });
}

function candidate(tenant: Tenant, service: string): Candidate[] {
  const { file, text } = tenant;
  return file && text !== undefined && serviceOf(file) === service ? [{ tenant, file, text }] : [];
}

function isChosen({ name, file }: Tenant, { tenants, rings }: BumpRequest): boolean {
  if (tenants?.length && !tenants.includes(name)) return false;
  // The ring of a broken file is not known: it may be the one.
  return !rings?.length || !file || rings.includes(file.tenant.ring);
}

function waitingRings(
  candidates: readonly Candidate[],
  policy: ReleasePolicy,
  version: string,
): BumpPlan['waiting'] {
  // Who is held stays behind on purpose, and does not keep the others waiting.
  const behind = candidates.filter(({ file }) => file.image.tag !== version && !file.tenant.hold);
  return ringOrder(
    policy,
    behind.map(({ file }) => file.tenant.ring),
  ).flatMap(ring => {
    const names = behind
      .filter(({ file }) => file.tenant.ring === ring)
      .map(({ tenant }) => tenant.name);
    return names.length > 0 ? { ring, title: ringTitle(policy, ring), tenants: names } : [];
  });
}
