import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
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
  it('says in one line how far they are, and in its table who has to act', async () => {
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
    const line = await screen.findByText(
      '2 tenants are being onboarded: tenant-c (checks green, waits for review), tenant-d (1 check fails, waits for review)',
    );
    expect(screen.queryByTestId('pending-row-tenant-c')).not.toBeInTheDocument();
    await userEvent.click(line);
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

  it('names three of many in its line, and has all in its table', async () => {
    const many = Array.from({ length: 200 }, (_, n) =>
      createPending({
        tenant: `t${n}`,
        pullRequest: { ...createPending().pullRequest, number: n + 1 },
      }),
    );
    renderSection(listOf(...many));
    const line = await screen.findByText(/^200 tenants are being onboarded: t0 /);
    expect(line).toHaveTextContent(/, t2 \(checks green, waits for review\), 197 more$/);
    await userEvent.click(line);
    expect(screen.getAllByTestId(/^pending-row-/)).toHaveLength(200);
  });

  it('keeps the place of its line until it is known that there are none', async () => {
    let answer: (items: ReturnType<typeof createPending>[]) => void = () => {};
    renderSection({
      listPendingTenants: () =>
        new Promise(resolve => {
          answer = items => resolve({ items, source: createSource() });
        }),
    });
    expect(await screen.findByText('Pending tenants are being read…')).toBeInTheDocument();
    act(() => answer([]));
    await waitFor(() => expect(screen.queryByText(/being read/)).not.toBeInTheDocument());
    expect(screen.queryByRole('region', { name: 'Pending tenants' })).not.toBeInTheDocument();
  });

  it('says that nobody knows while the Git host is away, also when none was known', async () => {
    renderSection({
      listPendingTenants: async () => ({
        items: [],
        source: createSource({ kind: 'git', state: 'down', error: 'unreachable', ageSeconds: 180 }),
      }),
    });
    expect(await screen.findByText(/Git unreachable for 3 min, last known/)).toBeInTheDocument();
    expect(screen.queryByText(/being onboarded/)).not.toBeInTheDocument();
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
