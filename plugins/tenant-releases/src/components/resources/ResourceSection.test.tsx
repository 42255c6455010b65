import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { ReleaseResource, ReleaseResources } from '@internal/plugin-tenant-releases-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { createApi } from '../../testing/createApi';
import { createResource, createResources, imageDiff } from '../../testing/detailFixtures';
import { createSource } from '../../testing/fixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { ResourceSection } from './ResourceSection';

setUpTestClock();

function renderResources(part: Partial<TenantReleasesApi> = {}) {
  const api = createApi(part);
  renderInTestApp(
    <TenantReleasesProvider>
      <ResourceSection release={{ tenant: 'tenant-a', service: 'demo-api' }} />
    </TenantReleasesProvider>,
    { apis: [[tenantReleasesApiRef, api]] },
  );
  return api;
}

const withItems = (items: ReleaseResource[], part: Partial<ReleaseResources> = {}) => ({
  listResources: async () => createResources(items, part),
});

const deployment = createResource({
  status: 'OutOfSync',
  change: 'changed',
  health: { status: 'Degraded', message: 'exceeded its progress deadline' },
  diff: imageDiff,
});

describe('ResourceSection', () => {
  it('says that all is well, and shows the rows when asked', async () => {
    const api = renderResources();
    expect(await screen.findByText('2 resources, none of concern.')).toBeInTheDocument();
    expect(screen.queryByTestId('resource-row')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(screen.getAllByTestId('resource-row')).toHaveLength(2);
    expect(api.listResources.mock.calls[0][0]).toEqual({
      tenant: 'tenant-a',
      service: 'demo-api',
    });
  });

  it('shows what differs or is ill at once, with what it says', async () => {
    renderResources(
      withItems([
        createResource({ group: '', kind: 'Service' }),
        deployment,
        createResource({
          group: '',
          kind: 'ConfigMap',
          name: 'old',
          status: 'OutOfSync',
          change: 'extra',
          health: undefined,
        }),
      ]),
    );
    const rows = await screen.findAllByTestId('resource-row');
    expect(rows).toHaveLength(2);
    const first = within(rows[0]);
    expect(first.getByText('differs from Git')).toBeInTheDocument();
    expect(first.getByText('Degraded')).toBeInTheDocument();
    expect(first.getByText('exceeded its progress deadline')).toBeInTheDocument();
    expect(within(rows[1]).getByText('no longer in Git')).toBeInTheDocument();
    expect(within(rows[1]).queryByRole('button')).not.toBeInTheDocument();
  });

  it('shows how a resource differs from Git when asked', async () => {
    renderResources(withItems([deployment]));
    const how = await screen.findByRole('button', {
      name: 'how Deployment demo-api differs from Git',
    });
    expect(how).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(how);
    expect(how).toHaveAttribute('aria-expanded', 'true');
    expect(how).toHaveAccessibleName('hide how Deployment demo-api differs from Git');
    const diff = screen.getByRole('region', { name: 'Difference of Deployment demo-api' });
    expect(within(diff).getByText('tag: sha-0000001').closest('del')).toHaveTextContent(/-/);
    expect(within(diff).getByText('tag: sha-1a2b3c4').closest('ins')).toHaveTextContent(/\+/);
    await userEvent.click(how);
    expect(diff).not.toBeInTheDocument();
  });

  it('shows what a resource made below it', async () => {
    const pod = createResource({
      group: '',
      kind: 'Pod',
      name: 'demo-api-1',
      parent: deployment.id,
      managed: false,
      status: undefined,
      info: [{ name: 'Containers', value: '1/1' }],
    });
    renderResources(withItems([pod, createResource()]));
    await userEvent.click(await screen.findByRole('button', { name: 'Show all' }));
    const [first, second] = screen.getAllByTestId('resource-row');
    expect(first).toHaveTextContent('Deployment');
    expect(second).toHaveTextContent('└ demo-api-1Podmade in the clusterHealthyContainers: 1/1');
  });

  it('says how old it is while Argo CD is away', async () => {
    renderResources(
      withItems([deployment], {
        source: createSource({ state: 'down', error: 'unreachable', ageSeconds: 190 }),
      }),
    );
    expect(
      await screen.findByText('Argo CD unreachable for 3 min, last known'),
    ).toBeInTheDocument();
    expect(screen.getByTestId('resource-row')).toBeInTheDocument();
  });

  it.each([
    ['no resource', async () => withItems([])],
    [
      'no Application',
      async () => {
        const refusal = await createRefusal(404);
        return { listResources: () => Promise.reject(refusal) };
      },
    ],
  ])('says what would be here: %s', async (_, part) => {
    renderResources(await part());
    expect(await screen.findByText(/once Argo CD has synced it/)).toBeInTheDocument();
  });

  it('says what failed', async () => {
    const refusal = await createRefusal(503, 'Argo CD does not answer');
    renderResources({ listResources: () => Promise.reject(refusal) });
    expect(await screen.findByText(/Argo CD does not answer/)).toBeInTheDocument();
  });

  it('is loading while there is nothing', async () => {
    renderResources({ listResources: () => new Promise(() => {}) });
    expect(await screen.findByRole('status', { name: 'Loading resources' })).toBeInTheDocument();
  });
});
