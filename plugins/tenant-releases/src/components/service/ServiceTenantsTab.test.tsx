import type { Entity } from '@backstage/catalog-model';
import { createExtensionTester, mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import plugin from '../../plugin';
import { createApi } from '../../testing/createApi';
import { ago, createList, createRelease, createSource } from '../../testing/fixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';

setUpTestClock();

const service: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'demo-api' },
  spec: { type: 'service' },
};

function renderTab(part: Partial<TenantReleasesApi>) {
  const api = createApi(part);
  const tab = createExtensionTester(
    plugin.getExtension('entity-content:tenant-releases/tenants'),
  ).reactElement();
  renderInTestApp(<EntityProvider entity={service}>{tab}</EntityProvider>, {
    apis: [[tenantReleasesApiRef, api], mockApis.permission()],
  });
  return api;
}

describe('ServiceTenantsTab', () => {
  it('shows how many tenants run which version; a press filters the table', async () => {
    const old = [{ version: 'sha-0000001', pods: 1, ready: 1, firstSeen: ago(90_000) }];
    const api = renderTab({
      listReleases: async () =>
        createList([
          createRelease(),
          createRelease({ tenant: 'tenant-b' }),
          createRelease({ tenant: 'tenant-c', running: old, state: 'drifted' }),
        ]),
    });
    expect(await screen.findByText(/^2 of 3 tenants run what Git wants/)).toBeInTheDocument();
    expect(api.listReleases.mock.calls[0][0]).toMatchObject({ service: 'demo-api' });
    expect(screen.getByRole('button', { name: /sha-1a2b3c4 2 tenants/ })).toBeInTheDocument();
    const bar = screen.getByRole('button', { name: /sha-0000001 1 tenant/ });
    await userEvent.click(bar);
    expect(screen.getAllByTestId(/^tenant-row-/)).toHaveLength(1);
    expect(screen.getByTestId('tenant-row-tenant-c')).toBeInTheDocument();
    expect(bar).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(bar);
    expect(screen.getAllByTestId(/^tenant-row-/)).toHaveLength(3);
  });

  it('shows how far each version has come, ring by ring; a press filters the table', async () => {
    const old = [{ version: 'sha-0000001', pods: 1, ready: 1, firstSeen: ago(90_000) }];
    renderTab({
      listReleases: async () =>
        createList([
          createRelease({ ring: 0, ringName: 'canary' }),
          createRelease({ tenant: 'tenant-b', ring: 1 }),
          createRelease({ tenant: 'tenant-c', ring: 1, running: old }),
        ]),
    });
    const rings = await screen.findByRole('list', { name: 'Versions by ring' });
    expect(within(rings).getByRole('heading', { name: /Ring 0, canary/ })).toHaveTextContent(
      '1 tenant, 100% on the newest version',
    );
    expect(within(rings).getByRole('heading', { name: /Ring 1/ })).toHaveTextContent(
      '2 tenants, 50% on the newest version',
    );
    await userEvent.click(
      within(rings).getByRole('button', { name: 'sha-0000001: 1 of 2 in Ring 1' }),
    );
    expect(screen.getAllByTestId(/^tenant-row-/)).toHaveLength(1);
    expect(screen.getByTestId('tenant-row-tenant-c')).toBeInTheDocument();
  });

  it('says which source is down above the versions too', async () => {
    const stale = Array.from({ length: 30 }, (_, index) =>
      createRelease({ tenant: `tenant-${index}`, staleSeconds: 190 }),
    );
    renderTab({
      listReleases: async () => createList(stale),
      listSources: async () => [
        createSource({ state: 'down', error: 'unreachable', ageSeconds: 190 }),
      ],
    });
    const notice = await screen.findByText(/30 of 30 rows/);
    expect(notice).toHaveTextContent('Argo CD unreachable for 3 min, last known');
    const versions = screen.getByRole('region', { name: 'Versions' });
    expect(notice.compareDocumentPosition(versions)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('says what would be here, and why nothing is', async () => {
    const notice = { code: 'NONE_VISIBLE' as const, text: 'Ask the platform team.' };
    renderTab({ listReleases: async () => ({ ...createList([]), notice }) });
    expect(await screen.findByText(/Each tenant of demo-api/)).toHaveTextContent(
      'There is none. Ask the platform team.',
    );
    expect(screen.queryByText('There are no tenants yet.')).not.toBeInTheDocument();
  });

  it('says what failed', async () => {
    const refusal = await createRefusal(403);
    renderTab({
      listReleases: async () => {
        throw refusal;
      },
    });
    expect(await screen.findByText(/You may not see this/)).toBeInTheDocument();
  });
});
