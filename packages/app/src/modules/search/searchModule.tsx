import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SearchResultListItemBlueprint } from '@backstage/plugin-search-react/alpha';

const catalogResult = SearchResultListItemBlueprint.make({
  name: 'catalog',
  params: {
    predicate: ({ type }) => type === 'software-catalog',
    component: () => import('./CatalogResultItem').then(m => m.CatalogResultItem),
  },
});

/** Search leads to a tenant's release rather than to the tenant's overview. */
export const searchModule = createFrontendModule({
  pluginId: 'search',
  extensions: [catalogResult],
});
