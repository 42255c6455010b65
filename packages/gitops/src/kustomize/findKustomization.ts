import type { Checkout } from '../checkout/checkout';
import { join } from '../checkout/paths';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The kustomization file of a folder; https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export function findKustomization(checkout: Checkout, folder: string): string | undefined {
  return names.map(name => join(folder, name)).find(file => checkout.has(file));
}
