import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { createApi } from '../../testing/createApi';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { ResourceSection } from './ResourceSection';

setUpTestClock();

function renderResources(part: Partial<TenantReleasesApi> = {}) {
  const api = createApi(part);
  renderInTestApp(
    <TenantReleasesProvider>
      <ResourceSection
        release={{ tenant: 'tenant-a', service: 'demo-api' }}
        argocd="https://argocd.test/applications/tenant-a"
      />
    </TenantReleasesProvider>,
    { apis: [[tenantReleasesApiRef, api]] },
  );
  return api;
}

describe('ResourceSection', () => {
  it('says that all is well, and shows the rows when asked', async () => {
    const api = renderResources();
    expect(await screen.findByText('2 resources, none of concern.')).toBeInTheDocument();
    expect(screen.queryByTestId('resource-row')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(screen.getAllByTestId('resource-row')).toHaveLength(2);
    expect(api.listResources.mock.calls[0][0]).toBe('tenant-a');
  });

  it('shows what differs or is ill at once, with what it says', async () => {
    renderResources({
      listResources: async () => [
        { kind: 'Service', name: 'demo-api', status: 'Synced', health: { status: 'Healthy' } },
        {
          kind: 'Deployment',
          name: 'demo-api',
          status: 'OutOfSync',
          health: { status: 'Degraded', message: 'exceeded its progress deadline' },
        },
        { kind: 'ConfigMap', name: 'old', status: 'Synced', requiresPruning: true },
      ],
    });
    const rows = await screen.findAllByTestId('resource-row');
    expect(rows).toHaveLength(2);
    const deployment = within(rows[0]);
    expect(deployment.getByText('differs from Git')).toBeInTheDocument();
    expect(deployment.getByText('Degraded')).toBeInTheDocument();
    expect(deployment.getByText('exceeded its progress deadline')).toBeInTheDocument();
    expect(within(rows[1]).getByText('no longer in Git')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /Compare with Git/ })).toHaveAttribute(
      'href',
      'https://argocd.test/applications/tenant-a',
    );
  });

  it('says what would be here', async () => {
    renderResources({ listResources: async () => [] });
    expect(await screen.findByText(/once Argo CD has synced it/)).toBeInTheDocument();
  });

  it('says what failed', async () => {
    const refusal = await createRefusal(503, 'Argo CD does not answer');
    renderResources({
      listResources: async () => {
        throw refusal;
      },
    });
    expect(await screen.findByText(/Argo CD does not answer/)).toBeInTheDocument();
  });
});
