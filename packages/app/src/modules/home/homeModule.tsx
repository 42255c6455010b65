import { createFrontendModule, PageBlueprint } from '@backstage/frontend-plugin-api';
import { Navigate } from 'react-router-dom';

/** The Tenants page is what people come for, so `/` leads there. */
const homePage = PageBlueprint.make({
  name: 'home',
  params: {
    path: '/',
    noHeader: true,
    loader: async () => <Navigate to="/tenants" replace />,
  },
});

export const homeModule = createFrontendModule({ pluginId: 'app', extensions: [homePage] });
