import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import plugin from '../../plugin';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { createApi } from '../../testing/createApi';
import { ago, createList, createRelease, createSource } from '../../testing/fixtures';
import { createPending } from '../../testing/pendingFixtures';
import { setUpTestClock } from '../../testing/setUpTestClock';

setUpTestClock();

function renderPage(
  item: ReturnType<typeof createPending> | undefined,
  part: Partial<TenantReleasesApi> = {},
) {
  const api = createApi({
    listReleases: async () => createList([]),
    getPendingTenant: async () => ({ ...(item ? { item } : {}), source: createSource() }),
    ...part,
  });
  renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/tenants/pending/tenant-c'],
    apis: [[tenantReleasesApiRef, api], [catalogApiRef, catalogApiMock()], mockApis.permission()],
  });
}

const ended = { ...createPending().pullRequest, endedAt: ago(10) };
const reconcile = {
  code: 'reconcile',
  text: 'Argo CD creates the tenant.',
  who: 'nobody',
} as const;
const startAgain = { code: 'start-again', text: 'nothing was created', who: 'requester' } as const;

describe('PendingTenantPage', () => {
  it('says where it stands, and leads to the pull request', async () => {
    renderPage(createPending());
    expect(
      await screen.findByText('Onboarding, pull request #12, checks green, waits for review.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/To act: The platform group/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^Open pull request #12/ })).toHaveAttribute(
      'href',
      'https://git.test/acme/platform/pull/12',
    );
  });

  it('names failing checks, and the other pull requests', async () => {
    renderPage(
      createPending({
        checks: { state: 'failure', failing: ['gitops', 'lint'] },
        others: [{ number: 9, url: 'https://git.test/9' }],
      }),
    );
    expect(await screen.findByText(/: gitops, lint/)).toBeInTheDocument();
    expect(screen.getByText(/only one can be merged: #9/)).toBeInTheDocument();
  });

  it('leads nowhere but to http addresses, and draws markup as text', async () => {
    const pullRequest = {
      ...createPending().pullRequest,
      url: 'data:text/html,x',
      title: '<script>x</script>',
    };
    renderPage(createPending({ pullRequest }));
    expect(await screen.findByText(/<script>x<\/script>/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Open pull request/ })).not.toBeInTheDocument();
  });

  it('says after the merge what happens', async () => {
    renderPage(createPending({ state: 'merged', pullRequest: ended, next: reconcile }));
    expect(await screen.findByText(/Argo CD creates the tenant/)).toBeInTheDocument();
    expect(screen.queryByText(/is there/)).not.toBeInTheDocument();
  });

  it('leads to the tenant that is there, and no longer says that it will be', async () => {
    renderPage(createPending({ state: 'merged', pullRequest: ended, next: reconcile }), {
      listReleases: async () => createList([createRelease({ tenant: 'tenant-c' })]),
    });
    expect(await screen.findByText('The tenant tenant-c is there.')).toBeInTheDocument();
    expect(await screen.findByRole('button', { name: 'Open tenant-c' })).toHaveAttribute(
      'href',
      '/catalog/default/resource/tenant-c/releases',
    );
    expect(screen.queryByText(/Argo CD creates/)).not.toBeInTheDocument();
  });

  it('says that it was closed', async () => {
    renderPage(createPending({ state: 'closed', pullRequest: ended, next: startAgain }));
    expect(await screen.findByText(/nothing was created/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Open tenant-c' })).not.toBeInTheDocument();
  });

  it('says that none is known', async () => {
    renderPage(undefined);
    expect(await screen.findByText('No onboarding of tenant-c is known.')).toBeInTheDocument();
  });
});
