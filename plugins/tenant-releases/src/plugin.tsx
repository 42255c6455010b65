import {
  ApiBlueprint,
  PageBlueprint,
  createFrontendPlugin,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiDatabase2Line, RiStackLine } from '@remixicon/react';
import { tenantReleasesApiRef } from './api/TenantReleasesApi';
import { TenantReleasesClient } from './api/TenantReleasesClient';
import { serviceFilter, tenantFilter } from './domain/tenantEntity';
import { sourcesRouteRef, tenantsRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: define =>
    define({
      api: tenantReleasesApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new TenantReleasesClient(fetchApi),
    }),
});

const tenantsPage = PageBlueprint.make({
  params: {
    path: '/tenants',
    routeRef: tenantsRouteRef,
    title: 'Tenants',
    icon: <RiStackLine />,
    loader: () => import('./components/tenants/TenantsPage').then(m => <m.TenantsPage />),
  },
});

const sourcesPage = PageBlueprint.make({
  name: 'sources',
  params: {
    path: '/sources',
    routeRef: sourcesRouteRef,
    title: 'Sources',
    icon: <RiDatabase2Line />,
    loader: () => import('./components/sources/SourcesPage').then(m => <m.SourcesPage />),
  },
});

const pendingTenantPage = PageBlueprint.make({
  name: 'pending-tenant',
  params: {
    path: '/tenants/pending/:tenant',
    title: 'Pending tenant',
    loader: () =>
      import('./components/pending/PendingTenantPage').then(m => <m.PendingTenantPage />),
  },
});

const releaseTab = EntityContentBlueprint.make({
  name: 'releases',
  params: {
    path: 'releases',
    title: 'Release',
    filter: tenantFilter,
    loader: () => import('./components/release/ReleaseTab').then(m => <m.ReleaseTab />),
  },
});

const serviceTenantsTab = EntityContentBlueprint.make({
  name: 'tenants',
  params: {
    path: 'tenants',
    title: 'Tenants',
    filter: serviceFilter,
    loader: () =>
      import('./components/service/ServiceTenantsTab').then(m => <m.ServiceTenantsTab />),
  },
});

const releaseCard = EntityCardBlueprint.make({
  name: 'release',
  params: {
    // Above all others, where the eye begins: see the order of the cards in app-config.yaml.
    type: 'content',
    filter: tenantFilter,
    loader: () => import('./components/overview/ReleaseCard').then(m => <m.ReleaseCard />),
  },
});

/** Tenants page, Sources page, Release tab, a service's Tenants tab and the overview card. */
export default createFrontendPlugin({
  pluginId: 'tenant-releases',
  title: 'Tenants',
  icon: <RiStackLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: tenantsRouteRef, sources: sourcesRouteRef },
  extensions: [
    api,
    tenantsPage,
    sourcesPage,
    pendingTenantPage,
    releaseTab,
    serviceTenantsTab,
    releaseCard,
  ],
});
