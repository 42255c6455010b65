import type { Checkout } from '../checkout/checkout';
import type { Deployments } from '../applied/deployments';
import type { Deployment } from '../applied/deployment';
import { standaloneFiles } from '../doctor/standaloneFiles';
import { claimsOf, placesOf } from '../layout/claims';
import type { LayoutSettings } from '../layout/layoutSchema';
import { ownLayout, parseLayouts } from '../layout/layout';
import { notSupported } from './notSupported';
import { proposeLayouts } from './proposeLayouts';
import { valuesFiles } from './valuesFiles';

/** What was found in a repository, and the layouts that are proposed for it. */
export interface Discovery {
  /** What the configuration takes; empty when nothing is proposed. */
  layouts: LayoutSettings[];
  found: {
    files: number;
    applications: number;
    applicationSets: number;
    overlays: number;
    versions: number;
  };
  /** For people: what is not supported, what could not be read, and why. */
  notes: string[];
}

/** Proposes layouts for a repository. Nothing is invented: where no release is found, none is proposed. */
export async function discover(checkout: Checkout, deployed: Deployments): Promise<Discovery> {
  const { deployments, unread, foreign, tools } = deployed;
  const notes = [...notSupported(checkout)];
  const own = isOwn(checkout) ? [ownLayout] : [];
  const others = deployments.filter(one => own.length === 0 || !isClaimed(one, own));
  let layouts = [...own, ...proposeLayouts(checkout, others)];
  // Values files of tools that are not followed may be overruled there.
  if (layouts.length === 0 && notes.length === 0) {
    layouts = proposeLayouts(checkout, await valuesFiles(tools));
  }
  const sets = new Set(deployments.flatMap(({ application }) => application?.applicationSet ?? []));
  for (const { name, reason } of unread) notes.push(`${name}: ${reason}`);
  for (const { application, problems, folder, places } of deployments) {
    const [problem] = problems;
    const name = application?.name ?? folder ?? places[0];
    if (problem)
      notes.push(
        `${name}: ${problem.origin ? `${problem.origin.file}:${problem.origin.line} ` : ''}${
          problem.reason
        }`,
      );
  }
  if (foreign > 0)
    notes.push(
      `${foreign} Applications render other repositories only: what they deploy is not known here`,
    );
  if (layouts.length === 0)
    notes.push('no Application, overlay or values file of a tenant or environment was found');
  const known = new Set(deployments.flatMap(placesOf));
  const ready = layouts.length > 0 ? parseLayouts({ layouts }) : [];
  const standing = await standaloneFiles(tools, ready, known);
  const all = [...deployments, ...standing.filter(({ versions }) => versions.length > 0)];
  return {
    layouts,
    found: {
      files: checkout.files.length,
      applications: deployments.filter(({ application }) => application).length,
      applicationSets: sets.size + unread.length,
      overlays: all.filter(({ application }) => !application).length,
      versions: all.reduce((sum, { versions }) => sum + versions.length, 0),
    },
    notes,
  };
}

function isClaimed(deployment: Deployment, layouts: readonly LayoutSettings[]): boolean {
  return claimsOf(parseLayouts({ layouts }), deployment).length > 0;
}

/** Whether tenant files stand where our own layout has them. */
function isOwn(checkout: Checkout): boolean {
  const [{ path }] = parseLayouts({ layouts: [ownLayout] });
  const files = checkout.files.filter(file => path?.match(file));
  return (
    files.length > 0 && files.some(file => /^\ufeff?tenant:\s*$/m.test(checkout.text(file) ?? ''))
  );
}
