import { type Examination, type Unmatched, shorten, type GitopsConfig } from '@internal/gitops';
import { type LeftOut } from '@internal/plugin-tenant-releases-common';
import type { FileSurvey } from '../surveyFiles';

const maxReason = 400;
const shownReasons = 3;

/** What an examination says of a commit before it is taken. @param files - how many the commit has */
export function layoutSurvey(
  { releases, unmatched }: Examination,
  files: number,
  { branch }: Pick<GitopsConfig, 'branch'>,
): FileSurvey {
  const leftOut = unmatched.map(leftOutOf);
  const tenantPaths = new Set(releases.map(({ file }) => file));
  if (releases.length > 0) return { tenantPaths, leftOut };
  if (files === 0)
    return { tenantPaths, leftOut, note: `There is no file yet on branch ${branch}.` };
  const why = unmatched
    .slice(0, shownReasons)
    .map(({ name, reason }) => shorten(`${name}: ${reason}`, 200));
  const count = files.toLocaleString('en-US');
  return {
    tenantPaths,
    leftOut,
    misconfigured: `tenantReleases.gitops.layouts match no release in ${count} files on branch ${branch} (${why.join(
      '; ',
    )}): "gitops init" proposes layouts, and "gitops doctor" says what they match.`,
  };
}

/** A repository that is too large to be looked at as a whole. */
export function tooLarge(what: string): FileSurvey {
  return {
    tenantPaths: new Set(),
    leftOut: [],
    misconfigured: `The repository holds ${what}: tenantReleases.gitops.layouts are for repositories that hold deployments and little else.`,
  };
}

function leftOutOf({ kind, name, reason }: Unmatched): LeftOut {
  const what = kind === 'tenant' ? `tenant ${name}` : name;
  return {
    kind: kind === 'application' ? 'application' : 'file',
    name: shorten(what, 200),
    reason: `Not matched: ${shorten(reason, maxReason)}.`,
  };
}
