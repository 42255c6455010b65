import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { findSentence } from '../../__testUtils__/findSentence';
import type { TenantReleasesApi } from '../../api/TenantReleasesApi';
import { tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import plugin from '../../plugin';
import { createApi } from '../../testing/createApi';
import { ago, createList, createRelease, createSource } from '../../testing/fixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';

setUpTestClock();

const failed = createRelease({
  tenant: 'tenant-b',
  tier: 'free',
  state: 'degraded',
  reasons: [{ code: 'SYNC_FAILED', text: 'Argo CD could not sync: quota.', since: ago(720) }],
});

function renderPage(part: Partial<TenantReleasesApi>, path = '/tenants') {
  const api = createApi(part);
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [path],
    apis: [[tenantReleasesApiRef, api], mockApis.permission()],
  });
  return api;
}

const rows = () => screen.getAllByTestId(/^tenant-row-/).map(row => row.dataset.testid);

describe('TenantsPage', () => {
  it('says first how things are, then shows each tenant', async () => {
    renderPage({ listReleases: async () => createList([createRelease(), failed]) });
    expect(
      await findSentence('1 of 2 tenants runs what Git wants; 1 has failed to sync for 12 min.'),
    ).toBeInTheDocument();
    const row = within(screen.getByTestId('tenant-row-tenant-b'));
    expect(row.getByRole('link', { name: 'tenant-b' })).toHaveAttribute(
      'href',
      '/catalog/default/resource/tenant-b/releases',
    );
    expect(row.getByText('Degraded')).toBeInTheDocument();
    expect(row.getByText('Argo CD could not sync: quota.')).toBeInTheDocument();
    expect(row.getByText('12 min ago')).toHaveAttribute('datetime', ago(720));
    expect(row.getByRole('link', { name: /#142/ })).toHaveAttribute(
      'href',
      'https://git.test/acme/platform/pull/142',
    );
    expect(row.getAllByRole('button', { name: /sha-1a2b3c4/ })).toHaveLength(2);
    expect(screen.queryByRole('columnheader', { name: 'Service' })).not.toBeInTheDocument();
  });

  it('filters by state, text and tier, and sorts', async () => {
    renderPage({ listReleases: async () => createList([createRelease(), failed]) });
    const user = userEvent.setup();
    await screen.findByTestId('tenant-row-tenant-a');
    // The worst first.
    expect(rows()).toEqual(['tenant-row-tenant-b', 'tenant-row-tenant-a']);
    expect(screen.getByRole('columnheader', { name: 'State' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await user.click(screen.getByRole('button', { name: 'Tenant' }));
    expect(rows()).toEqual(['tenant-row-tenant-a', 'tenant-row-tenant-b']);
    await user.click(screen.getByRole('button', { name: 'Tenant' }));
    expect(screen.getByRole('columnheader', { name: 'Tenant' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await user.click(screen.getByRole('button', { name: 'Degraded 1' }));
    expect(rows()).toEqual(['tenant-row-tenant-b']);
    await user.click(screen.getByRole('button', { name: 'All 2' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Tier' }), 'standard');
    expect(rows()).toEqual(['tenant-row-tenant-a']);
    await user.type(screen.getByRole('searchbox', { name: 'Search tenants' }), 'nobody');
    await user.click(await screen.findByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(screen.getByRole('searchbox', { name: 'Search tenants' })).toHaveValue('');
  });

  it('shows the view that the URL holds', async () => {
    renderPage(
      { listReleases: async () => createList([createRelease(), failed]) },
      '/tenants?state=degraded&q=tenant',
    );
    expect(await screen.findByTestId('tenant-row-tenant-b')).toBeInTheDocument();
    expect(rows()).toHaveLength(1);
    expect(screen.getByRole('button', { name: 'Degraded 1' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    expect(screen.getByRole('searchbox', { name: 'Search tenants' })).toHaveValue('tenant');
  });

  it('has a row for each environment, and a column where one is named', async () => {
    const environments = ['production', 'staging'];
    renderPage({
      listReleases: async () =>
        createList(environments.map(environment => createRelease({ environment }))),
    });
    expect(await screen.findByRole('columnheader', { name: 'Environment' })).toBeInTheDocument();
    const links = screen.getAllByRole('link', { name: 'tenant-a' });
    expect(links.map(link => link.getAttribute('href'))).toEqual(
      environments.map(name => `/catalog/default/resource/tenant-a/releases?environment=${name}`),
    );
  });

  it('has a column for the service where there is more than one', async () => {
    renderPage({
      listReleases: async () =>
        createList([createRelease(), createRelease({ service: 'billing' })]),
    });
    expect(await screen.findByRole('columnheader', { name: 'Service' })).toBeInTheDocument();
    expect(screen.getByRole('combobox', { name: 'Service' })).toBeInTheDocument();
  });

  it('offers the form to people who may onboard', async () => {
    renderPage({});
    expect(await screen.findByRole('button', { name: 'New tenant' })).toHaveAttribute(
      'href',
      '/create/templates/default/new-tenant',
    );
  });

  it('is loading while there is nothing', async () => {
    renderPage({ listReleases: () => new Promise(() => {}) });
    expect(await screen.findByRole('status', { name: 'Loading tenants' })).toBeInTheDocument();
  });

  it('says what would be here, and not that there is nothing, while nobody says why', async () => {
    renderPage({ listReleases: async () => createList([]) });
    expect(await screen.findByText('You see no tenants here.')).toBeInTheDocument();
    expect(screen.getByText(/has a row here/)).toBeInTheDocument();
  });

  it('does not take rows that cannot be read for "no tenants"', async () => {
    renderPage({ listReleases: async () => ({ ...createList([]), unreadable: 3, totalItems: 3 }) });
    expect(await screen.findByText('None of 3 rows can be read.')).toBeInTheDocument();
    expect(screen.getByText(/cannot be read and are missing here/)).toBeInTheDocument();
    expect(screen.queryByText(/has a row here/)).not.toBeInTheDocument();
  });

  it.each([
    ['NO_TENANTS', 'There are no tenants yet.'],
    ['NONE_VISIBLE', 'You see no tenants here.'],
  ] as const)('says why there is none, and the next step: %s', async (code, sentence) => {
    const notice = { code, text: 'Ask the platform team for membership.' };
    renderPage({ listReleases: async () => ({ ...createList([]), notice }) });
    expect(await screen.findByText(sentence)).toBeInTheDocument();
    expect(screen.getByText(/Ask the platform team for membership\./)).toBeInTheDocument();
  });

  it('says what is wrong with a source in the place of an empty table', async () => {
    const sources = [
      createSource({
        kind: 'git',
        state: 'down',
        error: 'misconfigured',
        ageSeconds: 0,
        detail: '0 of 1,204 files match gitops/tenants/{tenant}.yaml: mend valuesPath',
      }),
    ];
    renderPage({
      listReleases: async () => createList([], sources),
      listSources: async () => sources,
    });
    expect(
      await screen.findByText(
        'Git not set up correctly. 0 of 1,204 files match gitops/tenants/{tenant}.yaml: mend valuesPath.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Nobody knows now which tenants there are.')).toBeInTheDocument();
    expect(screen.queryByText(/has a row here/)).not.toBeInTheDocument();
    expect(screen.queryByRole('grid')).not.toBeInTheDocument();
  });

  it('says above the rows what a row has no room for', async () => {
    const sources = [
      createSource({ state: 'stale', ageSeconds: 190, detail: 'Its token ends tomorrow.' }),
    ];
    renderPage({
      listReleases: async () => createList([createRelease({ staleSeconds: 190 })], sources),
      listSources: async () => sources,
    });
    expect(await screen.findByText(/Its token ends tomorrow\./)).toHaveTextContent(
      'Argo CD late for 3 min, last known: 1 of 1 rows. Its token ends tomorrow.',
    );
  });

  it('tells what each source has to say, also one that is well', async () => {
    const sources = [
      createSource({ kind: 'git', detail: 'The repository was renamed: set the new name.' }),
      createSource({ id: 'argocd:one', state: 'down', ageSeconds: 190, detail: 'One is full.' }),
      createSource({ id: 'argocd:two', state: 'down', ageSeconds: 190, detail: 'Two is shut.' }),
      createSource({ kind: 'kubernetes' }),
    ];
    renderPage({ listSources: async () => sources });
    expect(await screen.findByText(/One is full/)).toBeInTheDocument();
    expect(screen.getByText(/Two is shut/)).toBeInTheDocument();
    expect(screen.getByText(/was renamed/)).toHaveTextContent(
      'Git: The repository was renamed: set the new name.',
    );
    expect(screen.queryByText(/Kubernetes/)).not.toBeInTheDocument();
    expect(screen.getByTestId('tenant-row-tenant-a')).toBeInTheDocument();
  });

  it('does not take an outage of Git for "no tenants"', async () => {
    const sources = [createSource({ kind: 'git', state: 'down', ageSeconds: 65 })];
    renderPage({
      listReleases: async () => createList([], sources),
      listSources: async () => sources,
    });
    expect(
      await screen.findByText('Nobody knows now which tenants there are.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Git unreachable for 1 min, last known')).toBeInTheDocument();
    expect(screen.queryByText('There are no tenants yet.')).not.toBeInTheDocument();
  });

  it('says in the row that a source is down, and the reason all the same', async () => {
    const sources = [createSource({ state: 'down', error: 'unreachable', ageSeconds: 190 })];
    renderPage({
      listReleases: async () => createList([{ ...failed, staleSeconds: 190 }], sources),
      listSources: async () => sources,
    });
    const row = within(await screen.findByTestId('tenant-row-tenant-b'));
    expect(row.getByText('Argo CD unreachable for 3 min, last known')).toBeInTheDocument();
    expect(row.getByText('Argo CD could not sync: quota.')).toBeInTheDocument();
  });

  it('says in the row that a source is down', async () => {
    const sources = [createSource({ state: 'down', error: 'unreachable', ageSeconds: 190 })];
    renderPage({
      listReleases: async () => createList([createRelease({ staleSeconds: 190 })], sources),
      listSources: async () => sources,
    });
    const row = within(await screen.findByTestId('tenant-row-tenant-a'));
    expect(row.getByText('Argo CD unreachable for 3 min, last known')).toBeInTheDocument();
    expect(row.getByText('In sync')).toBeInTheDocument();
    expect(screen.getAllByText(/unreachable/)).toHaveLength(1);
  });

  it('says what failed and tries again', async () => {
    const refusal = await createRefusal(503, 'No source has answered yet');
    const api = renderPage({
      listReleases: async () => {
        throw refusal;
      },
    });
    expect(
      await screen.findByText(/No source has answered yet/, undefined, { timeout: 3_000 }),
    ).toBeInTheDocument();
    api.listReleases.mockResolvedValue(createList([createRelease()]));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByTestId('tenant-row-tenant-a')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('keeps what it has when reading again fails, and marks it', async () => {
    let emit: (() => void) | undefined;
    const api = renderPage({
      readEvents: (onEvent, { signal }) =>
        new Promise(resolve => {
          emit = () => onEvent({ type: 'changed', tenants: ['tenant-a'] });
          signal.addEventListener('abort', () => resolve());
        }),
    });
    await screen.findByTestId('tenant-row-tenant-a');
    api.listReleases.mockRejectedValue(new TypeError('Failed to fetch'));
    emit?.();
    expect(
      await screen.findByText(/The portal cannot be reached; this is/, undefined, {
        timeout: 3_000,
      }),
    ).toBeInTheDocument();
    expect(screen.getByTestId('tenant-row-tenant-a')).toBeInTheDocument();
    expect(screen.getByText(/last known/)).toBeInTheDocument();
  });

  it('reads again when it is told of a change', async () => {
    let emit: (() => void) | undefined;
    const api = renderPage({
      readEvents: (onEvent, { signal, onOpen }) =>
        new Promise(resolve => {
          onOpen?.();
          emit = () => onEvent({ type: 'changed', tenants: ['tenant-a'] });
          signal.addEventListener('abort', () => resolve());
        }),
    });
    await screen.findByText('In sync');
    expect(screen.getByRole('img', { name: 'changes are shown at once' })).toBeInTheDocument();
    api.listReleases.mockResolvedValue(createList([failed]));
    emit?.();
    expect(await screen.findByTestId('tenant-row-tenant-b')).toBeInTheDocument();
  });
});
