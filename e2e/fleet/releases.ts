import type { Release, ReleaseReason } from '@internal/plugin-tenant-releases-common';

/** A generator of numbers from 0 to 1 that always gives the same ones (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const people = ['Ada Okafor', 'Lin Zhang', 'Otto Brandt', 'Berta Lindqvist', 'Yusuf Demir'];
const titles = [
  'answer faster',
  'retry twice',
  'bump dependencies',
  'new price list',
  'fix rounding',
];
const words = [
  'Acme',
  'Globex',
  'Initech',
  'Umbrella',
  'Hooli',
  'Vandelay',
  'Stark',
  'Wonka',
  'Tyrell',
];
const day = 86_400_000;

interface Version {
  version: string;
  commit: string;
  author: string;
  title: string;
  number: number;
  at: number;
}

/** Versions, the newest first, about one a day. */
function createVersions(now: number, random: () => number): Version[] {
  return Array.from({ length: 14 }, (_, index) => {
    const commit = Array.from({ length: 40 }, () => Math.floor(random() * 16).toString(16)).join(
      '',
    );
    return {
      version: `sha-${commit.slice(0, 7)}`,
      commit,
      author: people[Math.floor(random() * people.length)],
      title: `bump demo-api: ${titles[index % titles.length]}`,
      number: 400 - index * 3,
      at: now - index * day - Math.floor(random() * day * 0.5) - 3_600_000,
    };
  });
}

/** States as they are on an ordinary day: nearly all well. */
function stateOf(index: number, random: number): Release['state'] {
  if (index % 997 === 3) return 'unknown';
  if (random > 0.996) return 'degraded';
  if (random > 0.993) return 'drifted';
  if (random > 0.98) return 'progressing';
  return random > 0.974 ? 'held' : 'in-sync';
}

const reasons: Partial<Record<Release['state'], Omit<ReleaseReason, 'since'>>> = {
  degraded: {
    code: 'SYNC_FAILED',
    text: 'Argo CD could not sync: exceeded quota: tenant-quota, requested: requests.cpu=500m, used: 4, limited: 4',
  },
  drifted: { code: 'MANUAL_CHANGE', text: 'Deployment demo-api was changed by hand.' },
  progressing: { code: 'ROLLING_OUT', text: '1 of 3 pods run the new version.' },
  held: { code: 'HELD', text: 'Held: errors after the last release.' },
  unknown: { code: 'SOURCE_STALE', text: 'Argo CD has not answered for a while.' },
};

/**
 * Releases of many tenants, of realistic size and variety, always the same for the same time.
 *
 * @param now - milliseconds since 1970
 */
export function createReleases(count: number, now: number): Release[] {
  const random = createRandom(7);
  const versions = createVersions(now, random);
  const create = (_: unknown, index: number): Release => {
    const tenant = `${words[index % words.length].toLowerCase()}-${String(index).padStart(4, '0')}`;
    const ring = Math.min(3, Math.floor(random() ** 0.6 * 4));
    // Later rings are further behind.
    const behind = Math.min(13, Math.floor(random() ** 3 * (ring + 1) * 3));
    const state = stateOf(index, random());
    const wanted = versions[behind];
    const older = versions[Math.min(13, behind + 1)];
    const mergedAt = Math.min(now - 60_000, wanted.at + ring * 3_600_000 * random());
    const syncedAt = mergedAt + 2_000 + random() * 4_000;
    const runs = {
      version: wanted.version,
      pods: 3,
      ready: 3,
      since: iso(syncedAt + 20_000 * random()),
      firstSeen: iso(wanted.at),
    };
    const running =
      state === 'progressing'
        ? [
            { ...runs, pods: 1, ready: 1 },
            {
              version: older.version,
              pods: 2,
              ready: 2,
              since: iso(older.at),
              firstSeen: iso(older.at),
            },
          ]
        : [
            state === 'degraded'
              ? { ...runs, version: older.version, firstSeen: iso(older.at) }
              : runs,
          ];
    const reason = reasons[state];
    return {
      tenant,
      service: 'demo-api',
      displayName: `${words[index % words.length]} ${index}`,
      tier: ['free', 'standard', 'premium'][index % 3],
      ring,
      owner: `group:default/${tenant}-owners`,
      cluster: 'in-cluster',
      namespace: tenant,
      desired: {
        version: wanted.version,
        commit: wanted.commit,
        author: wanted.author,
        committedAt: iso(mergedAt),
        firstSeen: iso(wanted.at),
        pullRequest: {
          number: wanted.number + ring,
          url: `https://git.example.com/acme/platform/pull/${wanted.number + ring}`,
          title: wanted.title,
          mergedAt: iso(mergedAt),
        },
      },
      synced: {
        version: state === 'degraded' ? older.version : wanted.version,
        revision: wanted.commit,
        status: state === 'degraded' ? 'OutOfSync' : 'Synced',
        at: iso(syncedAt),
      },
      health: { status: state === 'progressing' ? 'Progressing' : 'Healthy' },
      running,
      state,
      delivery: state,
      serving: { status: 'serving', errorRatio: 0.001, objective: 0.05 },
      reasons: reason ? [{ ...reason, since: iso(now - random() * 7_200_000) }] : [],
      ...(state === 'held'
        ? {
            hold: {
              version: wanted.version,
              reason: 'errors after the last release',
              by: 'user:default/ada',
              since: iso(now - day),
            },
          }
        : {}),
      links: {
        argocd: `https://argocd.example.com/applications/argocd/${tenant}`,
        values: `https://git.example.com/acme/platform/blob/main/gitops/tenants/${tenant}-values.yaml`,
      },
      ...(state === 'unknown' ? { staleSeconds: 190 } : {}),
    };
  };
  return Array.from({ length: count }, create).sort((a, b) => (a.tenant < b.tenant ? -1 : 1));
}

const iso = (time: number) => new Date(Math.floor(time / 1_000) * 1_000).toISOString();
