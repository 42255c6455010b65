import type { BadVersion, PolicyFreeze, ReleasePolicy } from '../policy/releasePolicy';

/** How the release policy changes. */
export interface PolicyChanges {
  /** Set when the policy cannot be read after the change; then nothing else is known. */
  broken?: true;
  rings: boolean;
  badVersions: { added: BadVersion[]; removed: BadVersion[] };
  freezes: { added: PolicyFreeze[]; removed: PolicyFreeze[] };
}

/** The change to a policy that nobody can read. */
export const brokenPolicy: PolicyChanges = {
  broken: true,
  rings: false,
  badVersions: { added: [], removed: [] },
  freezes: { added: [], removed: [] },
};

/** Compares two policies; an entry that is edited is removed and added. */
export function comparePolicies(before: ReleasePolicy, after: ReleasePolicy): PolicyChanges {
  return {
    rings: JSON.stringify(before.rings) !== JSON.stringify(after.rings),
    badVersions: difference(before.badVersions, after.badVersions),
    freezes: difference(before.freezes, after.freezes),
  };
}

function difference<T>(before: readonly T[], after: readonly T[]): { added: T[]; removed: T[] } {
  const missing = (from: readonly T[], entries: readonly T[]) => {
    const there = new Set(from.map(entry => JSON.stringify(entry)));
    return entries.filter(entry => !there.has(JSON.stringify(entry)));
  };
  return { added: missing(before, after), removed: missing(after, before) };
}

/** Whom a freeze is for, in a few words. */
export function freezeSubject({ all, tenants = [], tiers = [], rings = [] }: PolicyFreeze): string {
  if (all) return 'everybody';
  return [
    ...tenants,
    ...tiers.map(tier => `tier ${tier}`),
    ...rings.map(ring => `ring ${ring}`),
  ].join(', ');
}
