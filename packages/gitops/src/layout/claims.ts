import { folderOf } from '../checkout/paths';
import type { Deployment } from '../applied/deployment';
import type { Layout } from './layout';
import type { Names } from './pathPattern';

/** What a layout says of a deployment. */
export interface Claim {
  layout: Layout;
  names: Names;
  /** The file or folder by which it claims it. */
  place: string;
}

/** The files and folders by which a layout may know a deployment. */
export function placesOf({ application, folder, places }: Deployment): string[] {
  const manifest = application && application.file !== '' ? [application.file] : [];
  const madeFrom = application?.madeFrom ?? [];
  const all = [...places, ...madeFrom, ...(folder === undefined ? [] : [folder]), ...manifest];
  return [...new Set(all)];
}

/** What the layouts say of a deployment: one claim a layout. */
export function claimsOf(layouts: readonly Layout[], deployment: Deployment): Claim[] {
  return layouts.flatMap(layout => claimOf(layout, deployment) ?? []);
}

function claimOf(layout: Layout, deployment: Deployment): Claim | undefined {
  const { application } = deployment;
  const byName =
    layout.application && application ? layout.application.match(application.name) : undefined;
  if (layout.application && !byName) return undefined;
  const { path } = layout;
  if (!path) {
    // What is known by its name alone is claimed by no file.
    const place = `application ${layout.settings.application}`;
    return { layout, names: { ...layout.fixed, ...byName }, place };
  }
  for (const place of placesOf(deployment)) {
    const names = layout.isExcluded(place) ? undefined : path.match(place);
    if (names) return { layout, names: { ...layout.fixed, ...byName, ...names }, place };
  }
  return undefined;
}

/** The name of the folder that a place is in, or is; of the root, nothing. */
export function folderName(place: string, isFile: boolean): string {
  const folder = isFile ? folderOf(place) : place;
  return folder.slice(folder.lastIndexOf('/') + 1);
}
