import type {
  ChangeAnswer,
  ChangeRequest,
  LeftOutTenant,
} from '@internal/plugin-tenant-releases-common';
import { createTwoFilesPatch } from 'diff';
import { ringTitle } from '../policy/releasePolicyRules';
import { defaultPlaces, type TreePlaces } from '../layout/ownTree';
import type { TreeSource } from '../tree/treeSource';
import { readChangeState, type ChangeState } from './changeState';
import { ChangeRefusal } from './ChangeRefusal';
import type {
  ChangeContext,
  ChangedTenant,
  ChangeEdit,
  ChangeNote,
  KindPlan,
} from './kinds/changeKind';
import { kindsOfChange } from './kinds/kindsOfChange';
import { fingerprintOfRequest } from './readChangeRequest';

/** What becomes one pull request. */
export interface ChangePart {
  /** Absent where the change is not split by rings. */
  ring?: number;
  /** The ring as people call it. */
  ringTitle?: string;
  edits: readonly ChangeEdit[];
  tenants: readonly ChangedTenant[];
  notes: readonly string[];
  /** Of its ring, or all. */
  leftOut: readonly LeftOutTenant[];
}

/** What a change does; nothing is written yet. */
export interface ChangePlan {
  request: ChangeRequest;
  /** {@link fingerprintOfRequest}: the same request finds its pull requests by it. */
  fingerprint: string;
  service?: string;
  versions: readonly string[];
  tenants: readonly ChangedTenant[];
  leftOut: readonly LeftOutTenant[];
  /** One pull request each. */
  parts: readonly ChangePart[];
  by: string;
}

/**
 * Says what a change does to a tree. Nothing is written, and nothing is asked of a server.
 *
 * @throws InvalidChange, UnknownTenant
 * @throws ChangeRefusal when it reaches nobody
 */
export async function planChange(
  tree: TreeSource,
  request: ChangeRequest,
  context: ChangeContext,
  places: TreePlaces = defaultPlaces,
): Promise<ChangePlan> {
  const state = await readChangeState(tree, places);
  const found = kindsOfChange[request.kind].plan(state, request, context);
  const ringOf = new Map(state.tenants.map(({ name, file }) => [name, file?.tenant.ring]));
  return assemblePlan(found, request, context, { ...state, ringOf });
}

/** What the parts of a plan are told apart by. */
interface PlanPlaces extends Pick<ChangeState, 'policy' | 'places'> {
  ringOf: ReadonlyMap<string, number | undefined>;
}

/**
 * Makes the plan of what a kind of change found.
 *
 * @throws ChangeRefusal when it reaches nobody
 */
export function assemblePlan(
  found: KindPlan,
  request: ChangeRequest,
  context: ChangeContext,
  { ringOf, policy, places }: PlanPlaces,
): ChangePlan {
  const leftOut = [...found.leftOut].sort((one, other) => (one.tenant < other.tenant ? -1 : 1));
  if (found.edits.length === 0) throw nobodyLeft(leftOut);
  const isSplit =
    request.onePullRequest !== true && found.edits.every(({ path }) => path !== places.policyPath);
  const rings = isSplit ? splitByRing(found.edits) : undefined;
  const parts = rings
    ? rings.map(([ring, edits]) =>
        partOf(edits, found.notes, leftOut, {
          ring,
          ringTitle: ringTitle(policy, ring),
          ringOf,
        }),
      )
    : [partOf(found.edits, found.notes, leftOut)];
  return {
    request,
    fingerprint: fingerprintOfRequest(request, found.service),
    ...(found.service === undefined ? {} : { service: found.service }),
    versions: found.versions,
    tenants: uniqueOf(found.edits),
    leftOut,
    parts,
    by: context.by,
  };
}

/** What `POST /changes` answers of a plan, without pull requests. */
export function answerOf({ parts, tenants, leftOut }: ChangePlan): ChangeAnswer {
  return {
    files: parts.flatMap(({ edits }) =>
      edits.map(({ path, before = '', text }) => ({ path, patch: patchOf(path, before, text) })),
    ),
    tenants: tenants.map(({ name }) => name),
    leftOut: [...leftOut],
  };
}

/** A unified diff, as Git writes it. */
function patchOf(path: string, before: string, text: string): string {
  const from = before === '' ? '/dev/null' : `a/${path}`;
  return createTwoFilesPatch(from, `b/${path}`, before, text, undefined, undefined, {
    context: 3,
  }).replace(/^=+\n/, '');
}

function nobodyLeft(leftOut: readonly LeftOutTenant[]): ChangeRefusal {
  const [first, ...others] = leftOut;
  if (!first) return new ChangeRefusal('no tenant meets all choices', 'NOTHING_TO_CHANGE');
  const more = others.length === 0 ? '' : `; ${others.length} more are left out too`;
  return new ChangeRefusal(`${first.tenant} ${first.text}${more}`, first.code, leftOut);
}

/** Edits by ring; `undefined` where a ring is not known, or one file is of several. */
function splitByRing(edits: readonly ChangeEdit[]): Array<[number, ChangeEdit[]]> | undefined {
  const rings = new Map<number, ChangeEdit[]>();
  for (const edit of edits) {
    const [ring, ...others] = new Set(edit.tenants.map(one => one.ring));
    if (ring === undefined || others.length > 0) return undefined;
    const own = rings.get(ring);
    if (own) own.push(edit);
    else rings.set(ring, [edit]);
  }
  return [...rings].sort(([one], [other]) => one - other);
}

/** The tenants of edits, each once. */
function uniqueOf(edits: readonly ChangeEdit[]): ChangedTenant[] {
  const found = edits.flatMap(({ tenants }) => tenants);
  return [...new Map(found.map(tenant => [tenant.name, tenant])).values()];
}

function partOf(
  edits: readonly ChangeEdit[],
  notes: readonly ChangeNote[],
  leftOut: readonly LeftOutTenant[],
  of?: { ring: number; ringTitle: string; ringOf: ReadonlyMap<string, number | undefined> },
): ChangePart {
  return {
    ...(of ? { ring: of.ring, ringTitle: of.ringTitle } : {}),
    edits,
    tenants: uniqueOf(edits),
    notes: notes
      .filter(({ ring }) => ring === undefined || !of || ring === of.ring)
      .map(({ text }) => text),
    leftOut: of ? leftOut.filter(({ tenant }) => of.ringOf.get(tenant) === of.ring) : leftOut,
  };
}
