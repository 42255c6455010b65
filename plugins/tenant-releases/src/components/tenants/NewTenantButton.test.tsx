import { renderInTestApp } from '@backstage/frontend-test-utils';
import { type PermissionApi, permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor } from '@testing-library/react';
import { NewTenantButton } from './NewTenantButton';

type Answer = Awaited<ReturnType<PermissionApi['authorize']>>;

// In a file of its own: the framework remembers a permission's answer for as long as the page lives.
describe('NewTenantButton', () => {
  it('is not there for people who may not onboard', async () => {
    const denied = Promise.resolve({ result: 'DENY' } as unknown as Answer);
    const authorize = jest.fn<Promise<Answer>, Parameters<PermissionApi['authorize']>>(
      () => denied,
    );
    renderInTestApp(
      <>
        <p>the page</p>
        <NewTenantButton />
      </>,
      { apis: [[permissionApiRef, { authorize }]] },
    );
    expect(await screen.findByText('the page')).toBeInTheDocument();
    await waitFor(() => expect(authorize).toHaveBeenCalled());
    expect(authorize.mock.calls[0][0].permission.name).toBe('tenant-releases.tenant.onboard');
    await denied;
    expect(screen.queryByText('New tenant')).not.toBeInTheDocument();
  });
});
