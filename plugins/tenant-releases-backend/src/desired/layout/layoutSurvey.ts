import {
  type Examination,
  type Layout,
  type Unmatched,
  shorten,
  type GitopsConfig,
} from '@internal/gitops';
import type { LayoutMatch, LeftOut } from '@internal/plugin-tenant-releases-common';
import { closestPaths } from '../closestPaths';
import type { FileSurvey } from '../surveyFiles';

const maxReason = 400;
const shownReasons = 3;

/** What an examination says of a commit before it is taken. @param paths - of every file of the commit */
export function layoutSurvey(
  examination: Examination,
  paths: readonly string[],
  layouts: readonly Layout[],
  { branch }: Pick<GitopsConfig, 'branch'>,
): FileSurvey {
  const { releases, unmatched, notes } = examination;
  const leftOut = unmatched.map(leftOutOf);
  const tenantPaths = new Set(releases.map(({ file }) => file));
  const matches = layouts.map((layout, index) => matchOf(layout, index, examination, paths));
  const found = { tenantPaths, leftOut, matches, notes };
  if (releases.length > 0) return found;
  if (paths.length === 0) return { ...found, note: `There is no file yet on branch ${branch}.` };
  const why = unmatched
    .slice(0, shownReasons)
    .map(({ name, reason }) => shorten(`${name}: ${reason}`, 200));
  const count = paths.length.toLocaleString('en-US');
  return {
    ...found,
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
    matches: [],
    misconfigured: `The repository holds ${what}: tenantReleases.gitops.layouts are for repositories that hold deployments and little else.`,
  };
}

/** The pattern of a layout and where it stands. */
export function layoutPattern({ settings: { path, application } }: Layout, index: number) {
  const byName = application === undefined ? [] : [`Application ${application}`];
  return {
    key: `tenantReleases.gitops.layouts[${index}]`,
    pattern: [...(path === undefined ? [] : [path]), ...byName].join(', '),
  };
}

function matchOf(
  layout: Layout,
  index: number,
  { releases, claimed }: Examination,
  paths: readonly string[],
): LayoutMatch {
  const own = releases.filter(({ deployed }) => deployed.layout === layout);
  const files = claimed[index];
  const pattern = layout.settings.path ?? '';
  return {
    ...layoutPattern(layout, index),
    files,
    releases: own.length,
    tenants: new Set(own.map(({ tenant }) => tenant)).size,
    ...(files === 0 ? { closest: closestPaths(pattern, paths) } : {}),
  };
}

/** What is not matched, for people. */
export function leftOutOf({ kind, name, reason }: Unmatched): LeftOut {
  const what = kind === 'tenant' ? `tenant ${name}` : name;
  return {
    kind: kind === 'application' ? 'application' : 'file',
    name: shorten(what, 200),
    reason: `Not matched: ${shorten(reason, maxReason)}.`,
  };
}
