import type { Checkout } from '../checkout/checkout';
import { folderOf, nameOf } from '../checkout/paths';
import { isPlainEnvironment, saidBy } from '../layout/words';
import { isInUse, referencesOf } from '../applications/manifests';
import { findKustomization } from '../kustomize/findKustomization';
import { stringAt } from '../traced/traced';
import type { ChartTools } from './chartTools';
import type { Deployment } from './deployment';
import { kustomization } from './kustomizationVersions';

/**
 * Overlays that no Application names: kustomizations that bring in a folder from outside of their own, and that no other one
 * brings in. A base on its own is no release.
 */
export async function standaloneOverlays(
  tools: ChartTools,
  deployments: readonly Deployment[],
): Promise<Deployment[]> {
  const { checkout } = tools;
  const folders = checkout.files
    .filter(file => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(file) && isInUse(file))
    .map(folderOf);
  const references = new Map(folders.map(folder => [folder, referencesOf(checkout, folder)]));
  const lent = new Set([...references.values()].flat());
  const known = new Set(
    deployments.flatMap(({ folder, places }) => [folder, ...places.map(folderOf)]),
  );
  const wanted = folders.filter(
    folder =>
      !known.has(folder) &&
      !lent.has(folder) &&
      !isComponent(checkout, folder) &&
      (isNamed(folder) ||
        (references.get(folder) ?? []).some(path => isOutside(checkout, folder, path))),
  );
  const found = await Promise.all(wanted.map(folder => kustomization(tools, folder)));
  return found.filter(({ versions, problems }) => versions.length > 0 || problems.length > 0);
}

/** A folder that is called as an environment, or stands among tenants, is one even when it brings in nothing else. */
function isNamed(folder: string): boolean {
  const above = nameOf(folderOf(folder));
  return (
    isPlainEnvironment(nameOf(folder)) || ['tenant', 'environment'].includes(saidBy(above) ?? '')
  );
}

function isOutside(checkout: Checkout, folder: string, path: string): boolean {
  // A base that is not here is outside too.
  return !checkout.has(path) && !path.startsWith(`${folder}/`);
}

function isComponent(checkout: Checkout, folder: string): boolean {
  const file = findKustomization(checkout, folder);
  return (
    file !== undefined && stringAt(checkout.documents(file)[0]?.value, ['kind']) === 'Component'
  );
}
