import { createExtensionTester, renderInTestApp } from '@backstage/frontend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { Release } from '@internal/plugin-tenant-releases-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import {
  type ReleaseKey,
  type TenantReleasesApi,
  tenantReleasesApiRef,
} from '../../api/TenantReleasesApi';
import plugin from '../../plugin';
import { createApi } from '../../testing/createApi';
import {
  ago,
  createEntry,
  createLine,
  createList,
  createPanel,
  createRelease,
  createSource,
  createTenantEntity,
  now,
} from '../../testing/fixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { examineTitles } from '../../__testUtils__/titleOnly';

setUpTestClock();

function renderTab(
  part: Partial<TenantReleasesApi> = {},
  { entity = createTenantEntity(), path = '/' }: { entity?: Entity; path?: string } = {},
) {
  const api = createApi(part);
  const tab = createExtensionTester(
    plugin.getExtension('entity-content:tenant-releases/releases'),
  ).reactElement();
  renderInTestApp(<EntityProvider entity={entity}>{tab}</EntityProvider>, {
    apis: [[tenantReleasesApiRef, api]],
    initialRouteEntries: [path],
  });
  return api;
}

const withRelease = (part: Partial<Release>) => ({ getRelease: async () => createRelease(part) });

describe('ReleaseTab', () => {
  it('answers first, then shows the three versions with when and by whom', async () => {
    renderTab();
    expect(
      await screen.findByText(
        'demo-api runs sha-1a2b3c4, as Git wants, for 2 h; 0.2 % of its requests fail.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByTestId('version-desired')).toHaveTextContent('sha-1a2b3c4');
    expect(screen.getByTestId('version-synced')).toHaveTextContent('sha-1a2b3c4 Synced');
    expect(screen.getByTestId('version-running')).toHaveTextContent('sha-1a2b3c4 3/3 ready');
    expect(screen.getByTestId('release-state')).toHaveTextContent('In sync');
    const strip = within(screen.getByRole('region', { name: 'Versions' }));
    expect(strip.getByText(/by Ada/)).toHaveTextContent(
      /^merged 2 h ago by Ada in #142.* bump demo-api$/,
    );
    expect(strip.getByText(/^synced/)).toHaveTextContent('synced 2 h ago (4 s later)');
    expect(strip.getByText(/^started/)).toHaveTextContent('started 2 h ago (27 s later)');
    expect(strip.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('shows one environment at a time, and which ones there are', async () => {
    const inPlace = (environment: string) =>
      createRelease({ environment, desired: { version: `sha-${environment}` } });
    const api = renderTab({
      listReleases: async () => createList(['production', 'staging'].map(inPlace)),
      getRelease: async ({ environment = 'production' }) => inPlace(environment),
    });
    const select = await screen.findByRole('combobox', { name: 'Environment' });
    expect(select).toHaveValue('production');
    await waitFor(() => expect(within(select).getAllByRole('option')).toHaveLength(2));
    await userEvent.selectOptions(select, 'staging');
    await waitFor(() =>
      expect(screen.getByTestId('version-desired')).toHaveTextContent('sha-staging'),
    );
    const key = { tenant: 'tenant-a', service: 'demo-api', environment: 'staging' };
    expect(api.listHistory.mock.lastCall?.[0]).toEqual(key);
    expect(api.listLogs.mock.lastCall?.[0]).toEqual(key);
  });

  it('says nothing of environments where there are none', async () => {
    renderTab();
    await screen.findByTestId('version-desired');
    expect(screen.queryByRole('combobox', { name: 'Environment' })).not.toBeInTheDocument();
  });

  it('has metrics, logs and history of the same release', async () => {
    const api = renderTab();
    expect(await screen.findByTestId('panel-request-rate-value')).toHaveTextContent(
      '3.2 requests/s over the last 1 min',
    );
    expect(await screen.findByTestId('log-line')).toHaveTextContent('GET /work 200');
    expect(await screen.findByTestId('history-row')).toHaveTextContent('sha-1a2b3c4running');
    const key = { tenant: 'tenant-a', service: 'demo-api' };
    expect(api.getRelease.mock.calls[0][0]).toEqual(key);
    expect(api.listHistory.mock.calls[0][0]).toEqual(key);
    expect(api.listLogs.mock.calls[0][0]).toEqual(key);
  });

  it('leads out with tenant and time range filled in', async () => {
    renderTab({}, { path: '/?range=6h' });
    const grafana = await screen.findByTestId('link-grafana');
    const { searchParams } = new URL(grafana.getAttribute('href') ?? '');
    expect(searchParams.get('var-tenant')).toBe('tenant-a');
    expect(Number(searchParams.get('to')) - Number(searchParams.get('from'))).toBe(6 * 3600 * 1000);
    expect(Math.abs(Number(searchParams.get('to')) - now)).toBeLessThan(60_000);
    expect(screen.getByTestId('link-argocd')).toHaveAttribute(
      'href',
      'https://argocd.test/applications/tenant-a',
    );
    expect(screen.getByTestId('link-values')).toHaveAttribute(
      'href',
      expect.stringContaining('tenant-a-values.yaml'),
    );
    expect(screen.getByTestId('link-pull-request')).toHaveTextContent('PR #142');
  });

  it('reads the range that is chosen, and the link follows', async () => {
    const api = renderTab();
    await screen.findByTestId('panel-request-rate-value');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Time range' }), '15m');
    await screen.findByText('Last 15 min');
    const { start, end, step } = api.getPanel.mock.calls[api.getPanel.mock.calls.length - 1][2];
    expect([end - start, step]).toEqual([900, 5]);
    const href = screen.getByTestId('link-grafana').getAttribute('href') ?? '';
    const { searchParams } = new URL(href);
    expect(Number(searchParams.get('to')) - Number(searchParams.get('from'))).toBe(900_000);
  });

  it('says where it stopped and why, with a way to mend it', async () => {
    renderTab(
      withRelease({
        desired: { version: 'sha-9f8e7d6', committedAt: ago(720) },
        synced: { version: 'sha-1a2b3c4', status: 'OutOfSync' },
        state: 'degraded',
        reasons: [
          {
            code: 'SYNC_FAILED',
            text: 'Argo CD could not sync: exceeded quota.',
            since: ago(700),
            link: {
              kind: 'argocd',
              href: 'https://argocd.test/applications/tenant-a',
              text: 'Argo CD',
            },
          },
        ],
      }),
    );
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Git is 12 min ahead: Argo CD is still at sha-1a2b3c4.');
    expect(alert).toHaveTextContent('Argo CD could not sync: exceeded quota.for 11 min');
    expect(within(alert).getByRole('link', { name: /Open in Argo CD/ })).toHaveAttribute(
      'href',
      'https://argocd.test/applications/tenant-a',
    );
    expect(screen.getByTestId('version-desired')).toHaveTextContent('sha-9f8e7d6');
  });

  it('shows every version that runs', async () => {
    renderTab(
      withRelease({
        state: 'progressing',
        running: [
          { version: 'sha-9f8e7d6', pods: 1, ready: 0 },
          { version: 'sha-1a2b3c4', pods: 2, ready: 2 },
        ],
        reasons: [{ code: 'ROLLING_OUT', text: '1 of 3 pods run sha-9f8e7d6.', since: ago(5) }],
      }),
    );
    expect(await screen.findByTestId('version-running')).toHaveTextContent(
      'sha-9f8e7d6 0/1 readysha-1a2b3c4 2/2 ready',
    );
  });

  it('does not say of pods that were never ready that they run', async () => {
    renderTab({
      getRelease: async () =>
        createRelease({
          state: 'degraded',
          running: [
            { version: 'sha-1a2b3c4', pods: 2, ready: 0, since: ago(60), neverReady: true },
          ],
        }),
    });
    expect(await screen.findByTestId('version-running')).toHaveTextContent(
      'sha-1a2b3c4 not running yet, 0/2 ready',
    );
    const strip = within(screen.getByRole('region', { name: 'Versions' }));
    expect(strip.getByRole('heading', { name: 'Pods' })).toBeInTheDocument();
    expect(strip.getByText(/^pods since/)).toBeInTheDocument();
    expect(screen.queryByText('running')).not.toBeInTheDocument();
    expect(screen.getByText(/has pods that were never ready/)).toBeInTheDocument();
  });

  it('says which pods are the canary, and that nothing rolls out while it is paused', async () => {
    renderTab(
      withRelease({
        state: 'progressing',
        running: [
          { version: 'sha-0000001', pods: 2, ready: 2 },
          { version: 'sha-1a2b3c4', pods: 1, ready: 1, canary: true },
        ],
        reasons: [{ code: 'ROLLOUT_PAUSED', text: 'Paused at step 2 of 5.', since: ago(5) }],
      }),
    );
    expect(await screen.findByTestId('version-running')).toHaveTextContent(
      'sha-0000001 2/2 readysha-1a2b3c4 canary, 1/1 ready',
    );
    expect(
      screen.getByText(
        'demo-api has paused on its way to sha-1a2b3c4; it runs sha-0000001; 0.2 % of its requests fail.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Paused at step 2 of 5.')).toBeInTheDocument();
  });

  it('says first that requests fail, and why, since when and where to look', async () => {
    renderTab(
      withRelease({
        state: 'degraded',
        delivery: 'in-sync',
        serving: { status: 'failing', errorRatio: 0.333, objective: 0.05, version: 'sha-1a2b3c4' },
        reasons: [
          {
            code: 'ERRORS_ABOVE_OBJECTIVE',
            text: '33 % of the requests fail since sha-1a2b3c4, 5 % may.',
            since: ago(120),
            link: { kind: 'logs', href: 'https://grafana.test/d/x', text: 'Logs' },
          },
        ],
      }),
    );
    await screen.findByText(
      'demo-api runs sha-1a2b3c4, as Git wants, for 2 h; 33 % of its requests fail since sha-1a2b3c4.',
    );
    const reason = screen.getByText('33 % of the requests fail since sha-1a2b3c4, 5 % may.');
    expect(reason.closest('li')).toHaveTextContent(/for 2 min/);
    expect(within(reason.closest('li')!).getByRole('link')).toHaveAttribute(
      'href',
      '#release-logs',
    );
  });

  it('says that it is not measured whether a release serves, and why', async () => {
    renderTab(withRelease({ serving: { status: 'not-measured', why: 'It is not scraped.' } }));
    expect(await screen.findByText(/whether it serves is not measured\.$/)).toBeInTheDocument();
    expect(screen.getByText('It is not scraped.')).toBeInTheDocument();
  });

  it('says what is wrong with a source besides that it is down', async () => {
    renderTab({
      ...withRelease({ staleSeconds: 190 }),
      listSources: async () => [
        createSource({
          state: 'down',
          error: 'forbidden',
          ageSeconds: 190,
          detail: 'It may list no Applications',
        }),
      ],
    });
    expect(await screen.findByText(/It may list no Applications\./)).toHaveTextContent(
      'Argo CD refusing the portal access for 3 min, last known. It may list no Applications.',
    );
  });

  it('marks the part whose source is down and keeps what it knows', async () => {
    renderTab({
      ...withRelease({ staleSeconds: 190 }),
      listSources: async () => [
        createSource({ state: 'down', error: 'unreachable', ageSeconds: 190 }),
        createSource({ kind: 'kubernetes', state: 'down', error: 'timeout', ageSeconds: 20 }),
      ],
    });
    expect(
      await screen.findByText('Argo CD unreachable for 3 min, last known'),
    ).toBeInTheDocument();
    expect(screen.getByText('Kubernetes not answering for 20 s, last known')).toBeInTheDocument();
    expect(screen.getByTestId('version-synced')).toHaveTextContent('sha-1a2b3c4');
    expect(screen.getByTestId('version-running')).toHaveTextContent('sha-1a2b3c4');
  });

  it('does not call "not known" "not deployed"', async () => {
    renderTab({
      ...withRelease({
        synced: undefined,
        running: [],
        state: 'unknown',
        reasons: [{ code: 'SOURCE_STALE', text: 'Argo CD has not answered yet.' }],
      }),
      listSources: async () => [
        createSource({ state: 'down', ageSeconds: 60 }),
        createSource({ kind: 'kubernetes', state: 'down', ageSeconds: 60 }),
      ],
    });
    expect(await screen.findByText(/Argo CD unreachable/)).toBeInTheDocument();
    expect(screen.getByTestId('version-synced')).toHaveTextContent('not known');
    expect(screen.getByTestId('version-running')).toHaveTextContent('not known');
    expect(screen.getByTestId('release-state')).toHaveTextContent('Unknown');
  });

  it.each([
    [
      'the release',
      withRelease({ reasons: [{ code: 'FILE_INVALID', text: 'line 3: no colon' }] }),
      {},
    ],
    ['the catalog', {}, { 'tenant-releases.io/file-error': 'line 3: no colon' }],
  ])('tells of a file that cannot be read, as %s knows it', async (_, part, annotations) => {
    renderTab(part, { entity: createTenantEntity(annotations) });
    expect(await screen.findByText(/line 3: no colon/)).toBeInTheDocument();
    expect(await screen.findByTestId('version-running')).toHaveTextContent('sha-1a2b3c4');
  });

  it('says nothing only in a title', async () => {
    const digest = `sha256:${'1a2b3c4d'.repeat(8)}`;
    renderTab({
      ...withRelease({
        state: 'held',
        desired: { version: 'sha-1a2b3c4', digest },
        health: { status: 'Degraded', message: 'Its pods wait for a volume' },
        hold: { version: 'sha-1a2b3c4', reason: 'errors', by: 'user:default/ada', since: ago(60) },
        reasons: [{ code: 'HELD', text: 'Held.', since: ago(60) }],
      }),
      listHistory: async () => ({
        items: [
          createEntry({ version: 'sha-0000002', commit: 'c2'.repeat(20) }),
          createEntry({ commit: 'c1'.repeat(20), committedAt: ago(8_000) }),
        ],
        sources: [],
      }),
    });
    await screen.findAllByTestId('history-row');
    const hints = [digest, 'Its pods wait for a volume', 'user:default/ada', /then sha-0000002$/];
    hints.forEach(hint => expect(screen.getByTitle(hint)).toHaveAttribute('tabindex', '0'));
    const { titles, titleOnly } = examineTitles();
    expect(titleOnly).toEqual([]);
    expect(titles).toBeGreaterThan(10);
  });

  it('shows hold and freeze with the state', async () => {
    renderTab(
      withRelease({
        state: 'held',
        hold: { version: 'sha-1a2b3c4', reason: 'errors', by: 'user:default/ada', since: ago(60) },
        freeze: { reason: 'sale', until: '2026-11-27T00:00:00Z' },
        reasons: [
          {
            code: 'HELD',
            text: 'Held.',
            since: ago(60),
            link: { kind: 'values', href: 'https://git.test/values', text: 'Tenant file' },
          },
          {
            code: 'FROZEN',
            text: 'Frozen.',
            link: { kind: 'policy', href: 'https://git.test/policy', text: 'Release policy' },
          },
        ],
      }),
    );
    expect(await screen.findByText(/is held there for 1 min: errors/)).toBeInTheDocument();
    const held = screen.getByText(/held at/);
    expect(held).toHaveTextContent('for 1 min by ada');
    expect(within(held).getByRole('link', { name: /Open the tenant’s file/ })).toHaveAttribute(
      'href',
      'https://git.test/values',
    );
    const frozen = screen.getByText(/no changes until/);
    expect(frozen).toHaveTextContent('sale');
    expect(within(frozen).getByRole('link', { name: /release policy/ })).toBeInTheDocument();
  });

  it('is loading while there is nothing', async () => {
    renderTab({ getRelease: () => new Promise(() => {}) });
    expect(await screen.findByRole('status', { name: 'Loading release' })).toBeInTheDocument();
  });

  it('shows nothing else of a release that is not there or may not be seen', async () => {
    const refusal = await createRefusal(404);
    renderTab({
      getRelease: async () => {
        throw refusal;
      },
    });
    expect(await screen.findByText(/There is no such release/)).toBeInTheDocument();
    expect(screen.queryByRole('heading', { name: 'Logs' })).not.toBeInTheDocument();
  });

  it('keeps metrics and logs when only the release cannot be read', async () => {
    const refusal = await createRefusal(503, 'Argo CD has not answered yet');
    renderTab({
      getRelease: async () => {
        throw refusal;
      },
    });
    expect(
      await screen.findByText(/Argo CD has not answered yet/, undefined, { timeout: 3_000 }),
    ).toBeInTheDocument();
    expect(await screen.findByTestId('log-line')).toBeInTheDocument();
  });

  it('never shows one tenant’s data on the page of another', async () => {
    const entities = ['tenant-a', 'tenant-b'].map(name =>
      createTenantEntity({ 'tenant-releases.io/tenant': name }),
    );
    const tab = createExtensionTester(
      plugin.getExtension('entity-content:tenant-releases/releases'),
    ).reactElement();
    function Pages() {
      const [index, setIndex] = useState(0);
      return (
        <>
          <button onClick={() => setIndex(1)}>next tenant</button>
          <EntityProvider entity={entities[index]}>{tab}</EntityProvider>
        </>
      );
    }
    const never = new Promise<never>(() => {});
    const only =
      <T,>(answer: T) =>
      async (key: ReleaseKey) =>
        key.tenant === 'tenant-a' ? answer : never;
    const api = createApi({
      getPanel: only(createPanel()),
      listLogs: only({ lines: [createLine()], truncated: false, source: createSource() }),
      listHistory: only({ items: [createEntry()], sources: [] }),
    });
    renderInTestApp(<Pages />, { apis: [[tenantReleasesApiRef, api]] });
    await screen.findAllByTestId(/^panel-.*-value$/);
    await screen.findByTestId('log-line');
    await userEvent.click(screen.getByRole('button', { name: 'next tenant' }));
    await waitFor(() => expect(api.listLogs).toHaveBeenCalledTimes(2));
    expect(screen.queryAllByTestId(/^panel-.*-value$|^log-line$|^history-row$/)).toEqual([]);
  });

  it('shows one service at a time, chosen in the URL', async () => {
    const entity = createTenantEntity({ 'tenant-releases.io/services': 'demo-api,billing' });
    const api = renderTab({}, { entity, path: '/?service=billing' });
    expect(await screen.findByText(/^billing runs/)).toBeInTheDocument();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Service' }), 'demo-api');
    expect(await screen.findByText(/^demo-api runs/)).toBeInTheDocument();
    expect(api.getRelease.mock.calls[0][0].service).toBe('billing');
  });

  const unnamed = { 'tenant-releases.io/services': '' };

  it('finds the service of an entity that names none', async () => {
    const entity = createTenantEntity({
      ...unnamed,
      'tenant-releases.io/file-error': 'line 3: no colon',
    });
    renderTab({}, { entity });
    expect(await screen.findByText(/^demo-api runs/)).toBeInTheDocument();
    expect(screen.getByText(/line 3: no colon/)).toBeInTheDocument();
  });

  it('shows what is wrong with the file when nothing is known of a service', async () => {
    const entity = createTenantEntity({
      ...unnamed,
      'tenant-releases.io/file-error': 'line 3: no colon',
    });
    renderTab({ listReleases: async () => createList([]) }, { entity });
    expect(await screen.findByText(/Nothing is known of one yet/)).toBeInTheDocument();
    expect(screen.getByText(/line 3: no colon/)).toBeInTheDocument();
  });

  it('says to somebody who sees no tenant why nothing is shown', async () => {
    const entity = createTenantEntity(unnamed);
    const notice = { code: 'NONE_VISIBLE' as const, text: 'Ask the platform team.' };
    renderTab({ listReleases: async () => ({ ...createList([]), notice }) }, { entity });
    expect(await screen.findByText('Ask the platform team.')).toBeInTheDocument();
  });
});
