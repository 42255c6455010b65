import { sopsKey, withoutCiphertext } from '../tenantFile/encrypted';
import { splitTag } from '../tenantFile/tenantImage';
import { z } from 'zod';
import { parseYaml } from '../yaml/parseYaml';

const text = z.string().optional().catch(undefined);

const stateSchema = z.object({
  tenant: z
    .object({
      displayName: text,
      owner: text,
      tier: text,
      ring: z.number().optional().catch(undefined),
      hold: z.object({ version: z.string(), reason: text, by: text }).optional().catch(undefined),
    })
    .catch({}),
  image: z.record(z.string(), z.unknown()).catch({}),
});

/** A tenant file on one side of a comparison, read leniently: what it does not say is absent. */
export interface TenantState extends z.infer<typeof stateSchema> {
  /** Whether the file is YAML at all. */
  readable: boolean;
  /** Leaves by key, with dots. */
  leaves: ReadonlyMap<string, string>;
}

/** Reads what a tenant file says, as far as it can be read. */
export function tenantState(content: string): TenantState {
  const [document] = parseYaml('', content, { single: false }).documents;
  const parsed = stateSchema.safeParse(withoutCiphertext(document?.value));
  const leaves = new Map<string, string>();
  collect(document?.value, [], leaves);
  const state = parsed.success ? parsed.data : { tenant: {}, image: {} };
  if (typeof state.image.tag === 'string') state.image.tag = splitTag(state.image.tag).tag;
  return { ...state, readable: document !== undefined, leaves };
}

/** More keys than a person writes are not told apart. */
const maxLeaves = 2000;

function collect(value: unknown, path: readonly string[], leaves: Map<string, string>): void {
  if (leaves.size >= maxLeaves || path.length > 20) return;
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    for (const [key, child] of Object.entries(value)) {
      if (path.length > 0 || key !== sopsKey) collect(child, [...path, key], leaves);
    }
  } else if (path.length > 0) {
    leaves.set(path.join('.'), JSON.stringify(value) ?? '');
  }
}

/** Keys whose values differ between two states, other than the version. */
export function changedKeys(from: TenantState, to: TenantState): string[] {
  const keys = new Set([...from.leaves.keys(), ...to.leaves.keys()]);
  return [...keys]
    .filter(key => key !== 'image.tag' && from.leaves.get(key) !== to.leaves.get(key))
    .sort();
}
