import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { KnownCluster } from '@internal/plugin-tenant-releases-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { tenantReleasesApiRef } from '../api/TenantReleasesApi';
import { TenantReleasesCache } from '../api/TenantReleasesProvider';
import { createApi } from '../testing/createApi';
import { setUpTestClock } from '../testing/setUpTestClock';
import type { TenantClusterProps } from './fieldSchemas';
import { TenantCluster } from './TenantCluster';

setUpTestClock();

function renderField(clusters: KnownCluster[], formData?: string) {
  const onChange = jest.fn();
  const props = {
    formData,
    onChange,
    schema: { title: 'Cluster' },
    uiSchema: {},
    idSchema: { $id: 'root_cluster' },
  } as unknown as TenantClusterProps;
  renderInTestApp(
    <TenantReleasesCache>
      <TenantCluster {...props} />
    </TenantReleasesCache>,
    { apis: [[tenantReleasesApiRef, createApi({ listClusters: async () => clusters })]] },
  );
  return onChange;
}

const shared = { name: 'in-cluster', tenants: 12 };
const isolated = { name: 'isolated', tenants: 1 };

describe('TenantCluster', () => {
  it('takes the only one, and says that it is', async () => {
    const onChange = renderField([shared]);
    await waitFor(() => expect(onChange).toHaveBeenCalledWith('in-cluster'));
    expect(await screen.findByText(/in-cluster is the only cluster/)).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: 'Cluster' })).toBeDisabled();
  });

  it('offers several', async () => {
    const onChange = renderField([shared, isolated], 'in-cluster');
    const field = screen.getByRole('combobox', { name: 'Cluster' });
    expect(await screen.findByRole('option', { name: 'isolated (1 tenant)' })).toBeInTheDocument();
    await userEvent.selectOptions(field, 'isolated');
    expect(onChange).toHaveBeenCalledWith('isolated');
  });

  it('refuses one that came with the address and is none', async () => {
    renderField([shared], 'moon');
    expect(
      await screen.findByText('There is no cluster moon: choose another.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: 'Cluster' })).toBeEnabled();
  });
});
