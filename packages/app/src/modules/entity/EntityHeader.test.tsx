import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  MockStarredEntitiesApi,
  entityPresentationApiRef,
  entityRouteRef,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { EntityHeader } from './EntityHeader';

const titles: Record<string, string> = {
  'resource:default/tenant-b': 'Globex',
  'group:default/tenant-b-owners': 'Owners of tenant-b',
  'system:default/tenant-platform': 'Tenant platform',
};

const globex = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'tenant-b', namespace: 'default' },
  spec: { type: 'tenant' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/tenant-b-owners' },
    { type: 'partOf', targetRef: 'system:default/tenant-platform' },
  ],
};

const refOf = (entity: unknown) =>
  typeof entity === 'string' ? entity : 'resource:default/tenant-b';

describe('EntityHeader', () => {
  it('names the entity, its owner and its system by their titles, and leads to them', async () => {
    const forEntity = (entity: unknown) => {
      const snapshot = { entityRef: refOf(entity), primaryTitle: titles[refOf(entity)] };
      return { snapshot, promise: Promise.resolve(snapshot) };
    };
    renderInTestApp(
      <EntityProvider entity={globex}>
        <EntityHeader
          tabs={[{ id: 'release', label: 'Release', href: '/x/releases' }]}
          activeTabId="release"
        />
      </EntityProvider>,
      {
        apis: [
          [entityPresentationApiRef, { forEntity }],
          [starredEntitiesApiRef, new MockStarredEntitiesApi()],
        ],
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );
    expect(await screen.findByRole('heading', { name: 'Globex' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Owners of tenant-b' })).toHaveAttribute(
      'href',
      '/catalog/default/group/tenant-b-owners',
    );
    expect(screen.getByRole('link', { name: 'Tenant platform' })).toHaveAttribute(
      'href',
      '/catalog/default/system/tenant-platform',
    );
    expect(screen.getByRole('link', { name: 'Release' })).toHaveAttribute('href', '/x/releases');
    expect(screen.getByRole('link', { name: 'Inspect' })).toHaveAttribute(
      'href',
      '/?inspect=overview',
    );
  });
});
