import type { GitopsConfig, Layout, GitCommit, GithubApi } from '@internal/gitops';
import type { GitReport, LeftOut, SourceReport } from '@internal/plugin-tenant-releases-common';
import type { DesiredEntry } from './DesiredEntries';
import { layoutPattern } from './layout/layoutSurvey';
import { fileLeftOut } from './strangers';
import { valuesPattern, type FileSurvey } from './surveyFiles';

/** How the GitOps repository is read; see `tenantReleases.gitops.reader`. */
export type ReaderKind = GitReport['reader'];

/** What a report of the GitOps repository is made of. */
export interface GitReportParts {
  gitops: GitopsConfig;
  layouts?: readonly Layout[];
  reader: ReaderKind;
  api: Pick<GithubApi, 'commitUrl'>;
  /** The commit that the entries are of. */
  head?: GitCommit;
  refused?: GitCommit;
  /** Of the newest commit that was looked at, with the number of its files. */
  looked?: { survey: FileSurvey; files: number };
  entries: readonly DesiredEntry[];
}

/** What was read of a Git repository, for who looks after it. */
export function gitReport(parts: GitReportParts): Pick<SourceReport, 'counts'> & {
  git: GitReport;
} {
  const { gitops, reader, api, head, refused, looked } = parts;
  const { owner, name, url } = gitops.repository;
  const commit = ({ sha, committedAt, author }: GitCommit) => ({
    sha,
    url: api.commitUrl(sha),
    committedAt,
    author,
  });
  return {
    counts: looked ? countsOf(parts, looked.files) : [],
    git: {
      repository: `${owner}/${name}`,
      url,
      branch: gitops.branch,
      reader,
      ...(head ? { commit: commit(head) } : {}),
      ...(refused ? { refused: commit(refused) } : {}),
      layouts: looked?.survey.matches.length ? looked.survey.matches : configured(parts),
      notes: looked?.survey.notes ?? [],
    },
  };
}

/**
 * Tenant files that are where they should be and cannot be read. In another layout than our own these are among what the
 * layouts do not match.
 */
export function unreadableFiles(entries: readonly DesiredEntry[]): LeftOut[] {
  return entries.flatMap(({ path, problems, file, deployed }) => {
    if (deployed || problems.length === 0) return [];
    const shown = file ? ' Its release shows the last content that could be read.' : '';
    return fileLeftOut(path, `It cannot be read: ${problems.join('; ')}.${shown}`);
  });
}

/** What is looked for, before anybody has looked. */
function configured({ gitops, layouts }: GitReportParts) {
  return layouts ? layouts.map(layoutPattern) : [valuesPattern(gitops)];
}

function countsOf({ entries }: GitReportParts, files: number): SourceReport['counts'] {
  return [
    { what: 'Files in the newest commit', count: files },
    { what: 'Releases', count: entries.length },
    { what: 'Tenants', count: new Set(entries.map(({ tenant }) => tenant)).size },
  ];
}
