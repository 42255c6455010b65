import type { Entity } from '@backstage/catalog-model';
import { coreExtensionData, fetchApiRef } from '@backstage/frontend-plugin-api';
import { createExtensionTester, renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import argocdPlugin from '@roadiehq/backstage-plugin-argo-cd/alpha';
import { screen } from '@testing-library/react';
import { argocdCard } from './argocd';
import plugin, { roadieArgocdApi } from './index';
import { sourcesRouteRef, tenantsRouteRef } from './routes';
import { createTenantEntity } from './testing/fixtures';

const tenant = createTenantEntity();
const service: Entity = { ...tenant, kind: 'Component', spec: { type: 'service' } };
const library: Entity = { ...tenant, kind: 'Component', spec: { type: 'library' } };
const database: Entity = { ...tenant, kind: 'Resource', spec: { type: 'database' } };

describe('the plugin', () => {
  it.each([
    ['page:tenant-releases', 'Tenants', '/tenants', tenantsRouteRef],
    ['page:tenant-releases/sources', 'Sources', '/sources', sourcesRouteRef],
  ] as const)('has %s in the navigation: %s, at %s, with an icon', (id, title, path, ref) => {
    const page = createExtensionTester(plugin.getExtension(id));
    expect(page.get(coreExtensionData.routePath)).toBe(path);
    expect(page.get(coreExtensionData.routeRef)).toBe(ref);
    expect(page.get(coreExtensionData.title)).toBe(title);
    expect(page.get(coreExtensionData.icon)).toBeDefined();
  });

  it.each([
    ['releases', 'Release', tenant],
    ['tenants', 'Tenants', service],
  ] as const)('has the tab %s for the right entities only', (path, title, entity) => {
    const tab = createExtensionTester(
      plugin.getExtension(`entity-content:tenant-releases/${path}`),
    );
    const isFor = tab.get(EntityContentBlueprint.dataRefs.filterFunction);
    expect(tab.get(coreExtensionData.routePath)).toBe(path);
    expect(tab.get(EntityContentBlueprint.dataRefs.title)).toBe(title);
    expect([tenant, service, library, database].filter(other => isFor?.(other))).toEqual([entity]);
  });

  it('has the card for tenants only, in the main column', () => {
    const card = createExtensionTester(plugin.getExtension('entity-card:tenant-releases/release'));
    const isFor = card.get(EntityCardBlueprint.dataRefs.filterFunction);
    expect([tenant, service, library, database].filter(other => isFor?.(other))).toEqual([tenant]);
    expect(card.get(EntityCardBlueprint.dataRefs.type)).toBe('content');
  });
});

describe('roadieArgocdApi', () => {
  it('has Roadie’s card read through our backend', async () => {
    const answer = {
      metadata: { name: 'tenant-a', namespace: 'argocd', instance: { name: 'main' } },
      status: { sync: { status: 'OutOfSync' }, health: { status: 'Healthy' } },
    };
    const addresses: unknown[] = [];
    const fetch = async (address: unknown) => {
      addresses.push(address);
      return Response.json(answer);
    };
    const card = createExtensionTester(argocdCard);
    renderInTestApp(
      <EntityProvider entity={createTenantEntity({ 'argocd/app-name': 'tenant-a' })}>
        {card.reactElement()}
      </EntityProvider>,
      { features: [argocdPlugin, roadieArgocdApi], apis: [[fetchApiRef, { fetch }]] },
    );
    expect(await screen.findByText('OutOfSync', undefined, { timeout: 5_000 })).toBeInTheDocument();
    expect(screen.getByText('Argo CD')).toBeInTheDocument();
    expect(new Set(addresses)).toEqual(
      new Set(['plugin://tenant-releases/argocd/applications/tenant-a']),
    );
  });
});
