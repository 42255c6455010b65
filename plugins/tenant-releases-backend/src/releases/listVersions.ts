import type { DesiredEntry } from '../desired/DesiredEntries';
import type { HistoryCommit } from '../desired/FileHistories';

/** A version that tenants have or had. */
export interface KnownVersion {
  version: string;
  /** How many tenants have it now. */
  tenants: number;
  /** When a tenant was last set to it, RFC 3339; absent when that is not known. */
  lastUsedAt?: string;
}

interface Use {
  tenants: Set<string>;
  first?: string;
  last?: string;
}

/**
 * The versions of tenant files, now and in the histories read so far; the one that came last first.
 *
 * @param history - the commits of a tenant file that are known
 */
export function listVersions(
  entries: readonly DesiredEntry[],
  history: (entry: DesiredEntry) => readonly HistoryCommit[],
): KnownVersion[] {
  const uses = new Map<string, Use>();
  const use = (version: string) => {
    const known = uses.get(version) ?? { tenants: new Set() };
    uses.set(version, known);
    return known;
  };
  for (const entry of entries) {
    if (entry.file) use(entry.file.image.tag).tenants.add(entry.tenant);
    for (const { version, committedAt: at } of history(entry)) {
      if (version !== undefined) noteTime(use(version), at);
    }
  }
  const age = ({ first }: Use) => (first ? Date.parse(first) : -Infinity);
  return [...uses]
    .sort(([nameA, a], [nameB, b]) => age(b) - age(a) || nameA.localeCompare(nameB))
    .map(([version, { tenants, last }]) => ({
      version,
      tenants: tenants.size,
      ...(last ? { lastUsedAt: last } : {}),
    }));
}

function noteTime(use: Use, at: string): void {
  if (!use.first || Date.parse(at) < Date.parse(use.first)) use.first = at;
  if (!use.last || Date.parse(at) > Date.parse(use.last)) use.last = at;
}
