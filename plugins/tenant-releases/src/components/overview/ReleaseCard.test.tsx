import { createExtensionTester, renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import plugin from '../../plugin';
import { createApi } from '../../testing/createApi';
import { ago, createRelease, createSource, createTenantEntity } from '../../testing/fixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';

setUpTestClock();

function renderCard(part: Partial<TenantReleasesApi> = {}, annotations = {}) {
  const card = createExtensionTester(
    plugin.getExtension('entity-card:tenant-releases/release'),
  ).reactElement();
  renderInTestApp(
    <EntityProvider entity={createTenantEntity(annotations)}>{card}</EntityProvider>,
    { apis: [[tenantReleasesApiRef, createApi(part)]] },
  );
}

describe('ReleaseCard', () => {
  it('shows state, versions and the way to the tab', async () => {
    renderCard();
    expect(await screen.findByText('In sync')).toBeInTheDocument();
    expect(screen.getByText('2 h')).toHaveAttribute('datetime', ago(7200));
    expect(screen.getAllByRole('button', { name: /sha-1a2b3c4/ })).toHaveLength(3);
    expect(screen.getByRole('link', { name: 'Open the Release tab' })).toHaveAttribute(
      'href',
      '/catalog/default/resource/tenant-a/releases',
    );
  });

  it('says why, and what is not known', async () => {
    renderCard({
      getRelease: async () =>
        createRelease({
          synced: undefined,
          running: [],
          state: 'drifted',
          reasons: [{ code: 'NOT_DEPLOYED', text: 'No Application yet.', since: ago(400) }],
        }),
    });
    expect(await screen.findByText('No Application yet.')).toBeInTheDocument();
    expect(screen.getAllByText('not known')).toHaveLength(2);
  });

  it('tells of a file that cannot be read', async () => {
    renderCard({}, { 'tenant-releases.io/file-error': 'line 3: no colon' });
    expect(await screen.findByText(/line 3: no colon/)).toBeInTheDocument();
  });

  it('says what may not be so any more, as the Release tab does', async () => {
    const currentAt = ago(190);
    renderCard({
      getRelease: async () =>
        createRelease({
          staleSeconds: 180,
          reasons: [
            { code: 'SOURCE_STALE', text: 'Argo CD cannot be reached: …', since: currentAt },
            { code: 'GIT_AHEAD', text: 'Argo CD has not synced it.' },
          ],
        }),
      listSources: async () => [
        createSource({ kind: 'git' }),
        createSource({ state: 'down', error: 'unreachable', ageSeconds: 2, currentAt }),
      ],
    });
    expect(
      await screen.findByText('Argo CD unreachable for 3 min, last known'),
    ).toBeInTheDocument();
    expect(screen.getByText('Argo CD has not synced it.')).toBeInTheDocument();
    expect(screen.getByText(/^updated now, without Argo CD$/)).toBeInTheDocument();
  });

  it('says how old it is to who may not see the sources', async () => {
    const refusal = await createRefusal(403);
    renderCard({
      getRelease: async () =>
        createRelease({
          staleSeconds: 2,
          reasons: [{ code: 'SOURCE_STALE', text: 'x', since: ago(190) }],
        }),
      listSources: async () => {
        throw refusal;
      },
    });
    expect(await screen.findByText('last known, 3 min old')).toBeInTheDocument();
  });

  it('says that it is not measured whether the release serves', async () => {
    renderCard({
      getRelease: async () =>
        createRelease({ serving: { status: 'not-measured', why: 'Prometheus has no requests.' } }),
    });
    expect(await screen.findByText('Prometheus has no requests.')).toBeInTheDocument();
    expect(screen.queryByText(/0 %/)).not.toBeInTheDocument();
  });

  it('says what failed', async () => {
    const refusal = await createRefusal(404);
    renderCard({
      getRelease: async () => {
        throw refusal;
      },
    });
    expect(await screen.findByText(/There is no such release/)).toBeInTheDocument();
  });
});
