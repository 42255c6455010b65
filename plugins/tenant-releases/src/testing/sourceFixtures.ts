import type { GitReport, SourceReport } from '@internal/plugin-tenant-releases-common';
import { createSource } from './fixtures';

/** What `GET /sources/report` says of an Argo CD that is well, or of another source. */
export function createReport(part: Partial<SourceReport> = {}): SourceReport {
  return {
    ...createSource({ kind: part.kind ?? 'argocd' }),
    counts: [
      { what: 'Applications', count: 3 },
      { what: 'With a release', count: 3 },
      { what: 'Of other repositories', count: 0 },
    ],
    leftOutCount: 0,
    unusedCount: 0,
    ...part,
  };
}

/** What it says of a Git repository with our own layout. */
export function createGitReport(
  part: Partial<SourceReport> = {},
  git: Partial<GitReport> = {},
): SourceReport {
  return createReport({
    ...createSource({ id: 'git', kind: 'git', name: 'Git' }),
    counts: [
      { what: 'Files in the newest commit', count: 3_214 },
      { what: 'Releases', count: 20 },
      { what: 'Tenants', count: 20 },
    ],
    git: {
      repository: 'acme/platform',
      url: 'https://git.example.com/acme/platform',
      branch: 'main',
      reader: 'mirror',
      commit: {
        sha: '1a2b3c4d'.repeat(5),
        url: 'https://git.example.com/acme/platform/commit/1a2b3c4d',
        committedAt: '2026-11-23T11:00:00Z',
        author: 'Ada',
      },
      layouts: [
        {
          key: 'tenantReleases.gitops.layouts[0]',
          pattern: 'overlays/{tenant}',
          files: 20,
          releases: 20,
          tenants: 20,
        },
      ],
      notes: [],
      ...git,
    },
    ...part,
  });
}
