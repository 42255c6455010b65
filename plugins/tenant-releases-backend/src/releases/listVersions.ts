import {
  compareVersionAges,
  type KnownVersion,
  type VersionCommit,
} from '@internal/plugin-tenant-releases-common';
import type { DesiredEntry } from '../desired/DesiredEntries';
import type { HistoryCommit } from '../desired/FileHistories';

/** What is known of a version itself, whoever has it. */
export interface VersionFacts {
  /** When any tenant was first given it, RFC 3339; absent while that is not known. */
  firstSeen?: string;
  /** What it was built from; absent when nobody knows. */
  source?: VersionCommit;
}

/** A version that tenants have or had. */
export type UsedVersion = Omit<KnownVersion, 'healthy' | 'measured' | 'ready' | 'bad'>;

interface Use {
  services: Set<string>;
  tenants: Set<string>;
  last?: string;
}

/**
 * The versions of tenant files, now and in the histories read so far, by when they were first seen: the newest first, those of
 * which that is not known last.
 *
 * @param history - the commits of a tenant file that are known
 * @param others - versions that are known from elsewhere
 */
export function listVersions(
  entries: readonly DesiredEntry[],
  history: (entry: DesiredEntry) => readonly HistoryCommit[],
  facts: (service: string, version: string) => VersionFacts,
  others: ReadonlyArray<readonly [service: string, version: string]> = [],
): UsedVersion[] {
  const uses = new Map<string, Use>();
  const use = (version: string, service: string) => {
    const known: Use = uses.get(version) ?? { services: new Set(), tenants: new Set() };
    uses.set(version, known);
    known.services.add(service);
    return known;
  };
  for (const entry of entries) {
    if (entry.file) use(entry.file.image.tag, entry.service).tenants.add(entry.tenant);
    for (const { version, committedAt: at } of history(entry)) {
      if (version !== undefined) noteTime(use(version, entry.service), at);
    }
  }
  for (const [service, version] of others) use(version, service);
  const versions = [...uses].map(([version, { services, tenants, last }]) => ({
    version,
    services: [...services].sort(),
    tenants: tenants.size,
    ...(last ? { lastUsedAt: last } : {}),
    ...earliest([...services].map(service => facts(service, version))),
  }));
  return versions.sort(compareVersionAges);
}

/** Of a tag that several services have, what the first of them tells. */
function earliest(facts: readonly VersionFacts[]): VersionFacts {
  const time = ({ firstSeen }: VersionFacts) => (firstSeen ? Date.parse(firstSeen) : Infinity);
  return facts.reduce((one, other) => (time(other) < time(one) ? other : one));
}

function noteTime(use: Use, at: string): void {
  if (!use.last || Date.parse(at) > Date.parse(use.last)) use.last = at;
}
