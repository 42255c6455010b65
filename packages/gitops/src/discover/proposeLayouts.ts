import type { Checkout } from '../checkout/checkout';
import type { Deployment } from '../applied/deployment';
import { claimsOf } from '../layout/claims';
import { parseLayouts, type Layout } from '../layout/layout';
import type { LayoutSettings } from '../layout/layoutSchema';
import { alone, applicationLayout } from './applicationLayout';
import { clashing } from './clashing';
import { pathLayouts } from './pathLayouts';
import { subjectsOf } from './subject';
import { withPreset } from './withPreset';

/**
 * Proposes layouts for what a repository deploys: paths that are alike become one pattern. What a pattern meets besides is
 * excluded, and where patterns could not tell releases apart each gets a layout of its own.
 */
export function proposeLayouts(
  checkout: Checkout,
  deployments: readonly Deployment[],
): LayoutSettings[] {
  // A file whose version is refused is met by a layout too, which says so.
  const relevant = deployments.filter(
    ({ application, versions, problems }) =>
      versions.length > 0 || (!application && problems.some(({ origin }) => origin)),
  );
  const byPath = unique(pathLayouts(checkout, subjectsOf(checkout, relevant)));
  const rest = unclaimed(ready(byPath), relevant);
  const all = unique([
    ...byPath,
    ...rest.flatMap(deployment => applicationLayout(checkout, deployment) ?? []),
  ]);
  return apart(checkout, all, relevant).map(withPreset);
}

/** Replaces layouts that clash, until none does: every deployment of theirs gets one of its own. */
function apart(
  checkout: Checkout,
  all: LayoutSettings[],
  deployments: readonly Deployment[],
): LayoutSettings[] {
  const clashes = clashing(checkout, ready(all), deployments);
  if (clashes.size === 0) return all;
  const kept = all.filter((_, index) => !clashes.has(index));
  const own = unclaimed(ready(kept), deployments).flatMap(
    deployment => alone(checkout, deployment) ?? [],
  );
  return unique([...kept, ...own]);
}

function unclaimed(layouts: readonly Layout[], deployments: readonly Deployment[]): Deployment[] {
  return deployments.filter(deployment => claimsOf(layouts, deployment).length === 0);
}

function ready(all: readonly LayoutSettings[]): Layout[] {
  return all.length === 0 ? [] : parseLayouts({ layouts: all });
}

function unique(all: readonly LayoutSettings[]): LayoutSettings[] {
  return [...new Map(all.map(settings => [JSON.stringify(settings), settings])).values()];
}
