import type {
  ServiceCommit,
  ServiceVersion,
  ServiceVersions,
} from '@internal/plugin-tenant-releases-common';
import { ago } from './fixtures';

/** A version that two tenants run. */
export function createServiceVersion(part: Partial<ServiceVersion> = {}): ServiceVersion {
  return {
    version: 'sha-1a2b3c4',
    running: 2,
    desired: 2,
    firstSeen: ago(7_200),
    serving: { errorRatio: 0.002, latencyP95: 0.12 },
    ...part,
  };
}

/** What somebody who sees their own tenants alone, and has none, is told of a service. */
export function createServiceVersions(part: Partial<ServiceVersions> = {}): ServiceVersions {
  return {
    service: 'demo-api',
    shows: 'own',
    tenants: 0,
    readable: 0,
    withoutPods: 0,
    versions: [],
    windowSeconds: 300,
    sources: [],
    ...part,
  };
}

/** The commits between two versions. */
export function createServiceCommits(
  part: {
    service?: string;
    from?: string;
    to?: string;
    commits?: ServiceCommit[];
    total?: number;
    missing?: number;
  } = {},
) {
  const commits = part.commits ?? [
    {
      sha: '1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b',
      title: 'Retry a payment once',
      author: 'Dev',
      committedAt: ago(7_300),
      url: 'https://git.test/acme/demo-api/commit/1a2b3c4',
    },
  ];
  return {
    service: 'demo-api',
    from: 'sha-0000001',
    to: 'sha-1a2b3c4',
    missing: 0,
    total: commits.length,
    ...part,
    commits,
  };
}
