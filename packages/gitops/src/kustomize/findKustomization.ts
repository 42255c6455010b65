import type { Checkout } from '../checkout/checkout';
import { join } from '../checkout/paths';

/** Files that make a folder a kustomization; https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The kustomization file of a folder. */
export function findKustomization(checkout: Checkout, folder: string): string | undefined {
  return kustomizationNames.map(name => join(folder, name)).find(file => checkout.has(file));
}
