import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { render, screen } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router-dom';
import { HomePage } from './HomePage';

const answers = (tenants: string[], total = tenants.length) => ({
  items: tenants.map(tenant => ({ tenant, service: 'demo-api' })),
  totalItems: total,
});

describe('HomePage', () => {
  it.each<[string, object, boolean, string]>([
    ['the owner of one tenant', answers(['tenant-a']), false, 'the release of tenant-a'],
    ['one of two services', answers(['tenant-a', 'tenant-a']), false, 'the release of tenant-a'],
    ['the owner of several', answers(['tenant-a', 'tenant-b']), false, 'the tenants'],
    ['the owner of many services', answers(['tenant-a'], 60), false, 'the tenants'],
    ['the platform with one tenant', answers(['tenant-a']), true, 'the tenants'],
    ['who has none', answers([]), false, 'the catalog'],
  ])('leads %s where they want to be', async (_, releases, mayOnboard, page) => {
    const fetchApi = {
      fetch: async (url: unknown) =>
        Response.json(
          String(url).startsWith('plugin://tenant-releases') ? releases : { totalItems: 0 },
        ),
    };
    const permissionApi = mockApis.permission({
      authorize: mayOnboard ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    });
    render(
      <TestApiProvider
        apis={[
          [fetchApiRef, fetchApi],
          [permissionApiRef, permissionApi],
        ]}
      >
        <MemoryRouter initialEntries={['/']}>
          <Routes>
            <Route path="/" element={<HomePage />} />
            <Route path="/tenants" element={<p>the tenants</p>} />
            <Route path="/catalog" element={<p>the catalog</p>} />
            <Route
              path="/catalog/default/resource/tenant-a/releases"
              element={<p>the release of tenant-a</p>}
            />
          </Routes>
        </MemoryRouter>
      </TestApiProvider>,
    );
    expect(await screen.findByText(page)).toBeVisible();
  });
});
