import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { EntityHeaderLayoutBlueprint } from '@backstage/plugin-catalog-react/alpha';

const entityHeader = EntityHeaderLayoutBlueprint.make({
  params: { loader: () => import('./EntityHeader').then(m => m.EntityHeader) },
});

/** The head of the page of an entity. */
export const entityModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [entityHeader],
});
