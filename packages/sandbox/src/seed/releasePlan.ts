/** One event in the history of acme/platform: a pull request that was merged. */
export interface PlannedRelease {
  /** Index of the version in acme/demo-api's history, from 0. */
  version: number;
  tenants: string[];
  /** Login of who opened the pull request. */
  author: string;
  mergedBy: string;
  /** Hours before the start of the platform at which it was opened. */
  hoursAgo: number;
  /** Hours until it was merged. */
  openHours: number;
  /** The pull request that brings the tenant's files in the first place. */
  onboards?: boolean;
  /** Why the tenant goes back to an older version. */
  rollbackReason?: string;
}

/** CI's account. */
export const ciLogin = 'github-actions[bot]';

/**
 * Ten days of releases: tenant-b is one version behind at times, and tenant-a went back once. The versions that tenant-b
 * never had are those that were found wanting on tenant-a.
 */
export const releasePlan: PlannedRelease[] = [
  {
    version: 0,
    tenants: ['tenant-a'],
    author: 'ada',
    mergedBy: 'ada',
    hoursAgo: 236,
    openHours: 0.5,
    onboards: true,
  },
  {
    version: 0,
    tenants: ['tenant-b'],
    author: 'lin',
    mergedBy: 'ada',
    hoursAgo: 230,
    openHours: 2,
    onboards: true,
  },
  {
    version: 1,
    tenants: ['tenant-a', 'tenant-b'],
    author: ciLogin,
    mergedBy: 'ada',
    hoursAgo: 213,
    openHours: 1.5,
  },
  {
    version: 2,
    tenants: ['tenant-a'],
    author: ciLogin,
    mergedBy: 'otto',
    hoursAgo: 189,
    openHours: 1,
  },
  {
    version: 2,
    tenants: ['tenant-b'],
    author: 'berta',
    mergedBy: 'berta',
    hoursAgo: 164,
    openHours: 0.4,
  },
  {
    version: 3,
    tenants: ['tenant-a', 'tenant-b'],
    author: ciLogin,
    mergedBy: 'lin',
    hoursAgo: 149,
    openHours: 3,
  },
  {
    version: 4,
    tenants: ['tenant-a'],
    author: ciLogin,
    mergedBy: 'otto',
    hoursAgo: 111,
    openHours: 1,
  },
  {
    version: 3,
    tenants: ['tenant-a'],
    author: 'otto',
    mergedBy: 'ada',
    hoursAgo: 109.5,
    openHours: 0.2,
    rollbackReason: 'nine percent of the requests failed within ten minutes of the release',
  },
  {
    version: 5,
    tenants: ['tenant-a', 'tenant-b'],
    author: 'lin',
    mergedBy: 'ada',
    hoursAgo: 61,
    openHours: 2.5,
  },
  {
    version: 6,
    tenants: ['tenant-a'],
    author: ciLogin,
    mergedBy: 'otto',
    hoursAgo: 7.5,
    openHours: 1.2,
  },
];
