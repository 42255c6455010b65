import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityPresentationApiRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import type { ComponentProps } from 'react';
import { Route, Routes } from 'react-router-dom';
import { NotFoundPage } from './NotFoundPage';
import { PortalPageLayout } from './PortalPageLayout';

const globex = { entityRef: 'resource:default/tenant-b', primaryTitle: 'Globex' };

const presentation = { snapshot: globex, promise: Promise.resolve(globex) };

function open(route: string, path: string, props: ComponentProps<typeof PortalPageLayout>) {
  renderInTestApp(
    <Routes>
      <Route path={route} element={<PortalPageLayout {...props} />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>,
    {
      initialRouteEntries: [path],
      config: { app: { title: 'Our Portal' } },
      apis: [[entityPresentationApiRef, { forEntity: () => presentation }]],
    },
  );
}

describe('PortalPageLayout', () => {
  it('has landmarks, the heading and a title of the document', async () => {
    open('/tenants/*', '/tenants', { title: 'Tenants', children: 'the rows' });
    expect(await screen.findByRole('main')).toHaveTextContent('the rows');
    expect(screen.getByRole('banner')).toContainElement(
      screen.getByRole('heading', { level: 1, name: 'Tenants' }),
    );
    await waitFor(() => expect(document.title).toBe('Tenants · Our Portal'));
  });

  it('says which part of a page is open', async () => {
    const tabs = [
      { id: 'templates', label: 'Forms', href: 'templates' },
      { id: 'tasks', label: 'Tasks', href: 'tasks' },
    ];
    open('/create/*', '/create/tasks/7', { title: 'Create', tabs });
    const open7 = await screen.findByRole('link', { name: 'Tasks' });
    expect(open7).toHaveAttribute('aria-current', 'page');
    expect(screen.getByRole('link', { name: 'Forms' })).not.toHaveAttribute('aria-current');
    await waitFor(() => expect(document.title).toBe('Create: Tasks · Our Portal'));
  });

  it('names an entity, not the catalog, and leaves the main part to its page', async () => {
    open('/catalog/:namespace/:kind/:name/*', '/catalog/default/resource/tenant-b', {
      title: 'Catalog',
      children: <main>its page</main>,
    });
    expect(await screen.findByRole('heading', { level: 1, name: 'Globex' })).toBeInTheDocument();
    expect(screen.getAllByRole('main')).toHaveLength(1);
  });
});

describe('NotFoundPage', () => {
  it('names the address and the way on', async () => {
    open('/tenants', '/nowhere/at-all', { title: 'Tenants' });
    expect(await screen.findByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
    expect(screen.getByText('/nowhere/at-all')).toBeVisible();
    expect(screen.getByRole('link', { name: 'first page' })).toHaveAttribute('href', '/');
    expect(screen.queryByRole('link', { name: /backstage/i })).not.toBeInTheDocument();
  });
});
