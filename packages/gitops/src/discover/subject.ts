import type { Checkout } from '../checkout/checkout';
import { folderOf, nameOf } from '../checkout/paths';
import type { Deployment } from '../applied/deployment';

/** What stands for a deployment: a file or folder of its own, or the name of its Application. */
export interface Subject {
  deployment: Deployment;
  /** Undefined when nothing in the repository is this deployment's alone. */
  place?: string;
  isFile: boolean;
}

/** Finds for every deployment the file or folder that is its own: which no other one uses. */
export function subjectsOf(checkout: Checkout, deployments: readonly Deployment[]): Subject[] {
  const uses = new Map<string, number>();
  for (const deployment of deployments) {
    for (const place of candidates(deployment)) uses.set(place, (uses.get(place) ?? 0) + 1);
  }
  return deployments.map(deployment => {
    const own = candidates(deployment).filter(place => uses.get(place) === 1);
    const [place] = own;
    return {
      deployment,
      ...(place === undefined ? {} : { place }),
      isFile: place !== undefined && checkout.has(place),
    };
  });
}

/** In the order of what says most: the last values file, the folder, what it is made from, the manifest of the Application. */
export function candidates({ application, chart, folder, places }: Deployment): string[] {
  const isKustomized = places.some(
    place =>
      /^(kustomization\.ya?ml|Kustomization)$/.test(nameOf(place)) && folderOf(place) === folder,
  );
  // Of a folder with plain manifests, no single file stands for all.
  const isObjects = folder !== undefined && !chart && !isKustomized;
  const values =
    isKustomized || isObjects
      ? []
      : [...places]
          .reverse()
          .filter(place => (!application || /\.(ya?ml|json)$/.test(place)) && !isOverride(place));
  const ofFolder = folder === undefined || folder === '' ? [] : [folder];
  const madeFrom = application?.madeFrom ?? [];
  const manifest = application && application.file !== '' ? [application.file] : [];
  return [...new Set([...values, ...ofFolder, ...madeFrom, ...manifest])];
}

/** `.argocd-source-*.yaml` belongs to an Application, and says nothing of whose it is. */
function isOverride(file: string): boolean {
  return nameOf(file).startsWith('.argocd-source');
}
