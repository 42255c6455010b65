import { renderInTestApp } from '@backstage/frontend-test-utils';
import { type PermissionApi, permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor } from '@testing-library/react';
import { tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import { TenantReleasesCache } from '../../api/TenantReleasesProvider';
import { createApi } from '../../testing/createApi';
import { PendingTenants } from './PendingTenants';

type Answer = Awaited<ReturnType<PermissionApi['authorize']>>;

// In a file of its own: the framework remembers a permission's answer for as long as the page lives.
describe('PendingTenants', () => {
  it('asks nothing and takes no room for somebody who may not onboard', async () => {
    const denied = Promise.resolve({ result: 'DENY' } as unknown as Answer);
    const authorize = jest.fn<Promise<Answer>, Parameters<PermissionApi['authorize']>>(
      () => denied,
    );
    const api = createApi();
    renderInTestApp(
      <TenantReleasesCache>
        <p>the page</p>
        <PendingTenants />
      </TenantReleasesCache>,
      {
        apis: [
          [tenantReleasesApiRef, api],
          [permissionApiRef, { authorize }],
        ],
      },
    );
    const page = await screen.findByText('the page');
    await waitFor(() => expect(authorize).toHaveBeenCalled());
    await denied;
    expect(page.parentElement).toHaveTextContent(/^the page$/);
    expect(screen.queryByRole('region', { name: 'Pending tenants' })).not.toBeInTheDocument();
    expect(api.listPendingTenants).not.toHaveBeenCalled();
  });
});
