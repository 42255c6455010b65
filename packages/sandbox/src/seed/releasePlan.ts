/** One event in the history of acme/platform: a pull request that was merged. */
export interface PlannedChange {
  kind: 'onboard' | 'bump' | 'rollback' | 'hold' | 'mark-bad' | 'freeze';
  /** Index of the version in acme/demo-api's history, from 0; a freeze has none. */
  version?: number;
  tenants: string[];
  /** Login of who opened the pull request. */
  author: string;
  mergedBy: string;
  /** Hours before the start of the platform at which it was opened. */
  hoursAgo: number;
  /** Hours until it was merged. */
  openHours: number;
  /** Why; of every kind but onboarding and bumps. */
  reason?: string;
}

/** CI's account. */
export const ciLogin = 'github-actions[bot]';

/** Index of the version that was taken back and is on the list of bad ones. */
export const badVersion = 6;

/** Somebody set this tenant's image back by hand and told Argo CD to leave it alone. */
export const changedByHand = { tenant: 'lumen', version: 9 } as const;

/** A freeze ends so many days after the start of the platform: it is there whenever the demo is looked at. */
export const freezeDays = 45;

const canary = ['tenant-a', 'aurora'];
const early = ['tenant-b', 'birchwood', 'cobalt'];

/**
 * Five weeks of releases, ring after ring. One version was bad and reached the canaries only; one tenant is held since, one
 * is frozen, and the newest version has not gone beyond the canaries yet.
 */
export const releasePlan: PlannedChange[] = [
  onboard('tenant-a', 0, 'ada', 836),
  onboard('tenant-b', 0, 'lin', 830),
  bump(1, ['tenant-a', 'tenant-b'], 786, 'ada'),
  onboard('birchwood', 1, 'ada', 764),
  bump(2, ['tenant-a'], 718, 'otto'),
  bump(2, ['birchwood'], 694, 'ada'),
  bump(2, ['tenant-b'], 692, 'berta', 'berta'),
  onboard('cobalt', 2, 'lin', 670),
  bump(3, ['tenant-a'], 643, 'lin'),
  bump(3, early, 620, 'lin'),
  onboard('dovetail', 3, 'ada', 600),
  onboard('emberly', 3, 'ada', 598),
  bump(4, ['tenant-a'], 558, 'otto'),
  bump(4, early, 531, 'ada'),
  onboard('aurora', 4, 'otto', 507),
  bump(4, ['dovetail', 'emberly'], 503, 'lin'),
  bump(5, canary, 478, 'otto'),
  bump(5, early, 452, 'ada'),
  onboard('fathom', 5, 'ada', 429),
  onboard('harbor', 5, 'lin', 427),
  bump(5, ['dovetail', 'emberly'], 424, 'ada'),
  bump(badVersion, canary, 399, 'otto'),
  {
    kind: 'rollback',
    version: 5,
    tenants: canary,
    author: 'otto',
    mergedBy: 'ada',
    hoursAgo: 397.5,
    openHours: 0.2,
    reason: 'nine percent of the requests failed within ten minutes of the release',
  },
  {
    kind: 'mark-bad',
    version: badVersion,
    tenants: [],
    author: 'ada',
    mergedBy: 'lin',
    hoursAgo: 396,
    openHours: 0.5,
    reason: 'Fails nine percent of its requests; the next version mends it.',
  },
  bump(7, canary, 371, 'lin'),
  bump(7, early, 348, 'ada'),
  onboard('kestrel', 7, 'ada', 342),
  bump(7, ['dovetail', 'emberly', 'fathom', 'harbor'], 323, 'lin'),
  onboard('lumen', 7, 'lin', 310),
  bump(8, canary, 288, 'otto'),
  bump(8, early, 264, 'ada'),
  {
    kind: 'hold',
    version: 8,
    tenants: ['cobalt'],
    author: 'ada',
    mergedBy: 'ada',
    hoursAgo: 243,
    openHours: 0.5,
    reason: 'Their label printers expect the answers of this version until the end of the quarter.',
  },
  onboard('quill', 8, 'otto', 240),
  bump(8, ['dovetail', 'emberly', 'fathom', 'harbor', 'kestrel', 'lumen'], 238, 'ada'),
  bump(9, canary, 198, 'otto'),
  bump(9, ['tenant-b', 'birchwood'], 174, 'berta'),
  bump(9, ['dovetail', 'emberly', 'fathom', 'harbor', 'kestrel', 'lumen', 'quill'], 150, 'lin'),
  {
    kind: 'freeze',
    tenants: ['kestrel'],
    author: 'lin',
    mergedBy: 'ada',
    hoursAgo: 122,
    openHours: 1,
    reason: 'Peak season of the toy shops: no changes until it is over.',
  },
  bump(10, canary, 96, 'otto'),
  bump(10, ['tenant-b', 'birchwood'], 72, 'ada', 'lin'),
  bump(10, ['dovetail', 'emberly', 'fathom', 'harbor', 'lumen', 'quill'], 49, 'ada'),
  bump(11, canary, 7.5, 'otto'),
];

function onboard(tenant: string, version: number, author: string, hoursAgo: number): PlannedChange {
  const mergedBy = author === 'ada' ? 'lin' : 'ada';
  const openHours = 1.5;
  return { kind: 'onboard', version, tenants: [tenant], author, mergedBy, hoursAgo, openHours };
}

function bump(
  version: number,
  tenants: string[],
  hoursAgo: number,
  mergedBy: string,
  author: string = ciLogin,
): PlannedChange {
  return { kind: 'bump', version, tenants, author, mergedBy, hoursAgo, openHours: 1.2 };
}
