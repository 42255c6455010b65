import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SearchResultListItemBlueprint } from '@backstage/plugin-search-react/alpha';
import { isTenant } from './tenantResult';

const tenantResult = SearchResultListItemBlueprint.make({
  name: 'tenant',
  params: {
    predicate: ({ type, document }) => type === 'software-catalog' && isTenant(document),
    component: () => import('./TenantResultItem').then(m => m.TenantResultItem),
  },
});

/** Search leads to a tenant's release rather than to the tenant's overview. */
export const searchModule = createFrontendModule({
  pluginId: 'search',
  extensions: [tenantResult],
});
