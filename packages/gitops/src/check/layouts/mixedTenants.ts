import type { Deployment } from '../../applied/deployment';
import type { Checkout } from '../../checkout/checkout';
import { folderOf } from '../../checkout/paths';
import type { FoundRelease } from '../../doctor/release';
import type { Layout } from '../../layout/layout';
import { finding, type Finding } from '../finding';

/** An Application that renders files of more than one tenant. */
export interface MixedTenants {
  application: string;
  tenants: string[];
  file: string;
  line: number;
}

/**
 * Applications that are rendered from files of several tenants of one layout. One that makes Applications is there for all of them;
 * a folder that nothing deploys on its own, such as a base beside the overlays, is no tenant.
 */
export function mixedTenants(
  checkout: Checkout,
  deployments: readonly Deployment[],
  layouts: readonly Layout[],
  releases: readonly FoundRelease[],
): MixedTenants[] {
  const deployed = new Set(
    releases.flatMap(({ tenant, application }) => (application === undefined ? [] : tenant)),
  );
  return deployments.flatMap(({ application, isParent, places, folder }) => {
    if (!application || isParent) return [];
    // Not what it is made from: that may be a list of all tenants.
    const rendered = folder === undefined ? places : [...places, folder];
    return layouts.flatMap(layout => {
      const names = rendered.flatMap(place => tenantOf(checkout, layout, place) ?? []);
      const tenants = [...new Set(names)].filter(name => deployed.has(name)).sort();
      const { name, file, line } = application;
      return tenants.length > 1 ? { application: name, tenants, file, line } : [];
    });
  });
}

function tenantOf(
  checkout: Checkout,
  { path, settings, isExcluded }: Layout,
  place: string,
): string | undefined {
  if (!path || isExcluded(place)) return undefined;
  // A pattern that ends with a name is one of folders, whose files are the tenant's.
  const isOfFolder = settings.path?.endsWith('}') && checkout.has(place);
  return path.match(isOfFolder ? folderOf(place) : place)?.tenant;
}

/** One that a change brings is refused; one that is there already, such as a tenant that is the base of others, is told. */
export function mixedFindings(
  mixed: readonly MixedTenants[],
  base: readonly MixedTenants[] | undefined,
): Finding[] {
  const keyOf = ({ application, tenants }: MixedTenants) => JSON.stringify([application, tenants]);
  const before = new Set(base?.map(keyOf));
  return mixed.map(one =>
    finding({
      rule: 'application',
      severity: base && !before.has(keyOf(one)) ? 'error' : 'warning',
      file: one.file || '.',
      line: one.line || 1,
      problem: `the Application ${
        one.application
      } renders files of more than one tenant: ${one.tenants.join(', ')}`,
      cure: 'let it render one; exclude from the layout what all of them share',
    }),
  );
}
