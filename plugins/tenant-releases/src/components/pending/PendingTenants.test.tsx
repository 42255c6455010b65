import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import { TenantReleasesCache } from '../../api/TenantReleasesProvider';
import { createApi } from '../../testing/createApi';
import { createSource } from '../../testing/fixtures';
import { createPending } from '../../testing/pendingFixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { PendingTenants } from './PendingTenants';

setUpTestClock();

function renderSection(part: Partial<TenantReleasesApi>) {
  renderInTestApp(
    <TenantReleasesCache>
      <p>the page</p>
      <PendingTenants />
    </TenantReleasesCache>,
    { apis: [[tenantReleasesApiRef, createApi(part)], mockApis.permission()] },
  );
}

const listOf = (...items: ReturnType<typeof createPending>[]) => ({
  listPendingTenants: async () => ({ items, source: createSource() }),
});

describe('PendingTenants', () => {
  it('says what each waits for, and who has to act', async () => {
    renderSection(
      listOf(
        createPending(),
        createPending({
          tenant: 'tenant-d',
          checks: { state: 'failure', failing: ['gitops'] },
          next: { code: 'mend-checks', text: 'Checks fail: see why.', who: 'requester' },
          displayName: '<img src=x>',
          pullRequest: { ...createPending().pullRequest, number: 13 },
        }),
      ),
    );
    const row = within(await screen.findByTestId('pending-row-tenant-c'));
    expect(row.getByRole('link', { name: 'tenant-c' })).toHaveAttribute(
      'href',
      '/tenants/pending/tenant-c',
    );
    expect(row.getByText('checks green')).toBeInTheDocument();
    expect(row.getByText('waits for review')).toBeInTheDocument();
    expect(row.getByText(/^The platform group: It waits for a review/)).toBeInTheDocument();
    const failing = within(screen.getByTestId('pending-row-tenant-d'));
    expect(failing.getByText('<img src=x>')).toBeInTheDocument();
    expect(failing.getByText('1 check fails')).toBeInTheDocument();
    expect(failing.getByText(/^ada: Checks fail/)).toBeInTheDocument();
  });

  it('shows three of many until asked for all', async () => {
    const many = Array.from({ length: 200 }, (_, n) =>
      createPending({
        tenant: `t${n}`,
        pullRequest: { ...createPending().pullRequest, number: n + 1 },
      }),
    );
    renderSection(listOf(...many));
    expect(await screen.findByText('Pending tenants (200)')).toBeInTheDocument();
    expect(screen.getAllByTestId(/^pending-row-/)).toHaveLength(3);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 200' }));
    expect(screen.getAllByTestId(/^pending-row-/)).toHaveLength(200);
  });

  it('is not there when nothing is pending', async () => {
    const api = listOf();
    const listPendingTenants = jest.fn(api.listPendingTenants);
    renderSection({ listPendingTenants });
    await waitFor(() => expect(listPendingTenants).toHaveBeenCalled());
    expect(await screen.findByText('the page')).toBeInTheDocument();
    expect(screen.queryByText(/Pending tenants/)).not.toBeInTheDocument();
  });

  it('says that nobody knows while the Git host is away, also when none was known', async () => {
    renderSection({
      listPendingTenants: async () => ({
        items: [],
        source: createSource({ kind: 'git', state: 'down', error: 'unreachable', ageSeconds: 180 }),
      }),
    });
    expect(await screen.findByText(/Git unreachable for 3 min, last known/)).toBeInTheDocument();
  });

  it('says what failed when nothing was ever known', async () => {
    const refusal = await createRefusal(503, 'The Git host has not told its pull requests yet');
    renderSection({
      listPendingTenants: async () => {
        throw refusal;
      },
    });
    expect(
      await screen.findByText(/has not told its pull requests yet/, {}, { timeout: 3_000 }),
    ).toBeInTheDocument();
  });
});
