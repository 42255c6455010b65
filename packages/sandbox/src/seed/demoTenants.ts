import { tenantFilePath } from '@internal/gitops';
import { parse, stringify } from 'yaml';
import { Files } from './sourceTree';

/** A customer that only the demo has: a company that nobody has heard of. */
interface DemoTenant {
  name: string;
  displayName: string;
  owner: 'retail' | 'industry';
  tier: 'free' | 'standard';
  ring: number;
}

/**
 * The tenants beside those of the checkout. They stand here and not in `gitops/`: that tree is what checks, k3d and the
 * documentation show to somebody who begins with it, and each of its tenants would need pods on a real cluster.
 */
export const demoTenants: readonly DemoTenant[] = [
  tenant('aurora', 'Aurora Bikes', 'retail', 0),
  tenant('birchwood', 'Birchwood Books', 'retail', 1),
  tenant('cobalt', 'Cobalt Freight', 'industry', 1, 'standard'),
  tenant('dovetail', 'Dovetail Furniture', 'retail', 2),
  tenant('emberly', 'Emberly Bakery', 'retail', 2),
  tenant('fathom', 'Fathom Diving', 'industry', 2),
  tenant('harbor', 'Harbor Pine Hotels', 'industry', 2),
  tenant('kestrel', 'Kestrel Toys', 'retail', 2),
  tenant('lumen', 'Lumen Optics', 'industry', 2),
  tenant('quill', 'Quill Stationery', 'retail', 2),
];

function tenant(
  name: string,
  displayName: string,
  owner: DemoTenant['owner'],
  ring: number,
  tier: DemoTenant['tier'] = 'free',
): DemoTenant {
  return { name, displayName, owner, ring, tier };
}

/** The tenant whose files the others are made from: what is changed in them is changed for all. */
const model = 'tenant-a';

/** The files that onboarding a tenant adds. */
export function tenantFiles(name: string): string[] {
  return [tenantFilePath(name), `gitops/apps/${name}.yaml`, `gitops/projects/${name}.yaml`];
}

/** The files of {@link demoTenants}; none in a checkout that has other tenants than ours. */
export function demoFiles(files: Files): Files {
  const [values, ...argocd] = tenantFiles(model);
  if ([values, ...argocd].some(file => files[file] === undefined)) return {};
  const { image } = parse(files[values]) as { image: object };
  const made = demoTenants.flatMap(({ name, owner, ...facts }) => [
    [tenantFilePath(name), stringify({ tenant: { name, ...factsOf(name, owner, facts) }, image })],
    ...argocd.map(file => [file.replace(model, name), files[file].replaceAll(model, name)]),
  ]);
  return Object.fromEntries(made);
}

function factsOf(
  name: string,
  owner: DemoTenant['owner'],
  { displayName, tier, ring }: Omit<DemoTenant, 'name' | 'owner'>,
) {
  const contact = `operations@${name}.example`;
  return { displayName, owner: `group:default/${owner}-customers`, tier, ring, contact };
}
