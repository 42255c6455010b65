import { createFrontendModule } from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';

const catalogResult = catalogPlugin.getExtension('search-result-list-item:catalog').override({
  params: {
    predicate: ({ type }) => type === 'software-catalog',
    component: () => import('./CatalogResultItem').then(m => m.CatalogResultItem),
  },
});

/** Search leads to a tenant's release rather than to the tenant's overview, and names owners by their titles. */
export const searchModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [catalogResult],
});
