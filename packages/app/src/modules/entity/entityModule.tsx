import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  EntityContentLayoutBlueprint,
  EntityHeaderLayoutBlueprint,
} from '@backstage/plugin-catalog-react/alpha';

const entityHeader = EntityHeaderLayoutBlueprint.make({
  params: { loader: () => import('./EntityHeader').then(m => m.EntityHeader) },
});

const entityOverview = EntityContentLayoutBlueprint.make({
  name: 'overview',
  params: { loader: () => import('./EntityOverview').then(m => m.EntityOverview) },
});

/** The head and the overview of the page of an entity. */
export const entityModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [entityHeader, entityOverview],
});
