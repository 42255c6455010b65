import { isNoDigest, withTagApart } from '../tenantFile/tenantImage';
import { withoutCiphertext } from '../tenantFile/encrypted';
import { type ReleasePolicy } from '../policy/releasePolicy';
import { z } from 'zod';
import { defaultPlaces, type TreePlaces } from '../layout/ownTree';
import { blobId } from '../git/blobId';
import type { gitTree } from '../git/gitTree';
import type { TreeSource } from '../tree/treeSource';
import { parseYaml } from '../yaml/parseYaml';
import { readPolicy } from './checkPolicy';
import type { Tenant } from './tenants';

/** What a tenant file said before; read leniently, because nobody can change it any more. */
export interface FormerTenant {
  tenant?: { tier: string; ring: number };
  /** The whole block: repository, tag and whatever else says what runs. */
  image: Record<string, unknown>;
  text: string;
}

/** The state that a tree is compared with. */
export interface BaseState {
  policy: ReleasePolicy;
  /** Why the policy cannot be read, for people: what it forbids is not known then. Absent when it can be read, or there is none. */
  policyProblem?: string;
  /** Tenants whose file is another one now, or gone; by name. */
  former: ReadonlyMap<string, FormerTenant>;
  /** Tenants whose file is new, another one, or gone. */
  changed: ReadonlySet<string>;
  /** Whether a chart differs. */
  charts: boolean;
}

type GitTree = Awaited<ReturnType<typeof gitTree>>;

/**
 * Compares tenant files with those of a commit.
 *
 * @param base - where the histories part, with tenants and charts
 * @param rules - the tip of the branch: its policy is the one that counts
 * @param charts - whether a chart differs
 */
export async function readBaseState(
  base: GitTree,
  rules: GitTree,
  tenants: readonly Tenant[],
  charts: boolean,
  places: TreePlaces = defaultPlaces,
): Promise<BaseState> {
  const tenantOfPath = (path: string) => places.matchTenantFile(path)?.tenant;
  const now = new Map(tenants.map(tenant => [tenant.path, tenant]));
  const before = [...base.entries].filter(
    ([path, { kind }]) => kind === 'file' && tenantOfPath(path),
  );
  const others = before.filter(([path, { blob }]) => {
    const text = now.get(path)?.text;
    return text === undefined || blobId(Buffer.from(text, 'utf8'), blob.length) !== blob;
  });
  const contents = await base.readMany(others.map(([, { blob }]) => blob));
  const former = new Map<string, FormerTenant>();
  for (const [path, { blob }] of others) {
    const text = Buffer.from(contents.get(blob) ?? []).toString('utf8');
    const name = tenantOfPath(path);
    // Line ends may differ between a checkout and what Git keeps.
    if (name !== undefined && !sameText(text, now.get(path)?.text))
      former.set(name, readFormer(text));
  }
  const isNew = ({ path }: Tenant) => !base.entries.has(path);
  const changed = new Set([...former.keys(), ...tenants.filter(isNew).map(({ name }) => name)]);
  return { ...(await readRules(rules, places)), former, changed, charts };
}

/** The policy of a branch, as it counts for what is compared with the branch. */
export async function readRules(
  tree: TreeSource,
  places: TreePlaces = defaultPlaces,
): Promise<Pick<BaseState, 'policy' | 'policyProblem'>> {
  const { policy, findings } = await readPolicy(tree, places);
  const broken = findings.find(({ severity }) => severity === 'error');
  if (!broken) return { policy };
  const { line, key, problem } = broken;
  return { policy, policyProblem: `line ${line}: ${key} ${problem}` };
}

function sameText(one: string, other: string | undefined): boolean {
  return other !== undefined && one.replace(/\r\n/g, '\n') === other.replace(/\r\n/g, '\n');
}

const formerSchema = z.object({
  tenant: z.object({ tier: z.string(), ring: z.number() }).optional().catch(undefined),
  image: z.record(z.string(), z.unknown()).catch({}),
});

/** Reads what can be read of a former tenant file. */
export function readFormer(text: string): FormerTenant {
  const [document] = parseYaml('', text, { single: false }).documents;
  const parsed = formerSchema.safeParse(withoutCiphertext(document?.value));
  if (!parsed.success) return { image: {}, text };
  const { image: block, ...rest } = parsed.data;
  const { digest, ...undigested } = block;
  const image: Record<string, unknown> = isNoDigest(digest) ? undigested : block;
  const { tag } = image;
  return {
    ...rest,
    image: typeof tag === 'string' ? withTagApart({ ...image, tag }) : image,
    text,
  };
}
