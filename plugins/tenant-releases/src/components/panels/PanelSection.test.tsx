import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import ChartStub from '../../testing/ChartStub';
import { createApi } from '../../testing/createApi';
import { ago, createPanel, createSource, now } from '../../testing/fixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { drawMarkers } from './drawMarkers';
import { PanelSection } from './PanelSection';

jest.mock('./drawMarkers', () => ({
  ...jest.requireActual('./drawMarkers'),
  drawMarkers: jest.fn(),
}));

setUpTestClock();

const end = now / 1000;
const requestRate = {
  id: 'request-rate',
  title: 'Requests',
  unit: 'requests/s',
  kind: 'line',
} as const;

function renderPanels(part: Partial<TenantReleasesApi>, path = '/') {
  const api = createApi({ listPanels: async () => ({ items: [requestRate] }), ...part });
  renderInTestApp(
    <TenantReleasesProvider>
      <PanelSection release={{ tenant: 'tenant-a', service: 'demo-api' }} />
    </TenantReleasesProvider>,
    {
      apis: [[tenantReleasesApiRef, api]],
      initialRouteEntries: [path],
    },
  );
  return api;
}

describe('PanelSection', () => {
  it('draws the series over the range and says the newest value', async () => {
    renderPanels({});
    expect(await screen.findByTestId('panel-request-rate-value')).toHaveTextContent(
      '3.2 requests/s over the last 1 min',
    );
    expect(
      screen.getByRole('img', { name: 'Requests: requests 3.2 requests/s over the last 1 min.' }),
    ).toBeInTheDocument();
    await waitFor(() => expect(ChartStub.charts.size).toBe(1));
    const [chart] = ChartStub.charts;
    expect(chart.data).toEqual([
      [end - 45, end - 30, end - 15],
      [2.5, 3, 3.2],
    ]);
    expect(chart.options.cursor?.sync?.key).toBe('tenant-a/demo-api');
    expect(chart.options.scales?.x.range).toBeInstanceOf(Function);
  });

  it('says that some series are not drawn', async () => {
    renderPanels({ getPanel: async () => ({ ...createPanel(), leftOutCount: 2 }) });
    expect(
      await screen.findByText('Not shown, because they cannot be read or are too many: 2 series.'),
    ).toBeInTheDocument();
  });

  it('says that not all stores answered', async () => {
    renderPanels({ getPanel: async () => ({ ...createPanel(), isPartial: true }) });
    expect(
      await screen.findByText(
        'Not all stores behind Prometheus answered: series may be missing, and values too low.',
      ),
    ).toBeInTheDocument();
  });

  it('shows the values under the cursor', async () => {
    renderPanels({});
    await waitFor(() => expect(ChartStub.charts.size).toBe(1));
    const [chart] = ChartStub.charts;
    const legend = within(screen.getByRole('region', { name: 'Requests' }));
    expect(legend.getByText('requests 3.2 requests/s')).toBeInTheDocument();
    const moveTo = (idx: number | null) =>
      act(() =>
        chart.options.hooks?.setCursor?.forEach(hook =>
          hook?.({ cursor: { idx }, data: chart.data } as unknown as Parameters<typeof hook>[0]),
        ),
      );
    moveTo(0);
    expect(legend.getByText('requests 2.5 requests/s')).toBeInTheDocument();
    moveTo(null);
    expect(legend.getByText('requests 3.2 requests/s')).toBeInTheDocument();
  });

  it('does not call an old value "now"', async () => {
    renderPanels({
      getPanel: async () =>
        createPanel({
          now: undefined,
          series: [{ name: 'requests', labels: {}, points: [[end - 600, 1]] }],
        }),
    });
    expect(await screen.findByTestId('panel-request-rate-value')).toHaveTextContent(
      '1 requests/s 10 min ago',
    );
  });

  it('says why there is nothing to draw', async () => {
    renderPanels({ getPanel: async () => createPanel({ now: undefined, series: [] }) });
    expect(await screen.findByTestId('panel-request-rate')).toHaveTextContent(
      'Not measured: Prometheus has nothing of this in the last 1 h.',
    );
    expect(screen.getByTestId('panel-request-rate-value')).toHaveTextContent('not measured');
  });

  it('says which series were looked for and are not there', async () => {
    const empty = {
      text: 'No series: requests_total{namespace="tenant-a"} has no data in this range.',
      queries: [{ name: 'ok', metric: 'requests_total', labels: { namespace: 'tenant-a' } }],
    };
    renderPanels({ getPanel: async () => createPanel({ now: undefined, series: [], empty }) });
    expect(await screen.findByTestId('panel-request-rate')).toHaveTextContent(
      'nothing of this in the last 1 h. No series: requests_total{namespace="tenant-a"} has no data in this range.',
    );
  });

  it('says beside the chart that Prometheus is down', async () => {
    renderPanels({
      getPanel: async () =>
        createPanel({
          source: createSource({ kind: 'prometheus', state: 'down', ageSeconds: 60 }),
        }),
    });
    expect(
      await screen.findByText('Prometheus unreachable for 1 min, last known'),
    ).toBeInTheDocument();
    expect(screen.getByTestId('panel-request-rate')).toBeInTheDocument();
  });

  describe('of several panels', () => {
    const ids = ['request-rate', 'error-ratio', 'cpu', 'memory', 'latency-p95'];
    const listPanels = async () => ({
      items: ids.map(id => ({ ...requestRate, id, title: id })),
    });
    const away = createSource({
      kind: 'prometheus',
      state: 'stale',
      error: 'unreachable',
      ageSeconds: 5,
      currentAt: ago(190),
    });

    it('says once what is wrong with all, and tries all again with one button', async () => {
      const refusal = await createRefusal(503, 'Prometheus does not answer (unreachable)');
      const api = renderPanels({
        listPanels,
        getPanel: async () => {
          throw refusal;
        },
      });
      // A panel that fails first says so by itself until all others have.
      await waitFor(
        () => {
          expect(screen.getAllByRole('alert')).toHaveLength(1);
          expect(screen.getByRole('alert')).toHaveTextContent(/Prometheus does not answer/);
          expect(screen.queryByRole('region', { name: 'cpu' })).not.toBeInTheDocument();
        },
        { timeout: 5_000 },
      );
      api.getPanel.mockImplementation(async (_, panelId) => createPanel({ panelId }));
      await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
      for (const id of ids) {
        expect(await screen.findByTestId(`panel-${id}-value`)).toHaveTextContent('3.2');
      }
      expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    });

    it('leaves a single failure in its panel', async () => {
      const refusal = await createRefusal(503, 'too busy');
      renderPanels({
        listPanels,
        getPanel: async (_, panelId) => {
          if (panelId === 'cpu') throw refusal;
          return createPanel({ panelId });
        },
      });
      const panel = await screen.findByRole('region', { name: 'cpu' });
      expect(
        await within(panel).findByText(/too busy/, undefined, { timeout: 5_000 }),
      ).toBeInTheDocument();
      expect(screen.getAllByRole('button', { name: 'Try again' })).toHaveLength(1);
    });

    it('says once that what all show is old, by one age', async () => {
      renderPanels({
        listPanels,
        getPanel: async (_, panelId) =>
          // Each was given at another time, of which nothing is to be seen.
          createPanel({ panelId, source: { ...away, ageSeconds: ids.indexOf(panelId) * 40 } }),
      });
      expect(
        await screen.findByText('Prometheus unreachable for 3 min, last known'),
      ).toBeInTheDocument();
      for (const id of ids) expect(await screen.findByTestId(`panel-${id}`)).toBeInTheDocument();
      await waitFor(() => expect(screen.getAllByText(/Prometheus unreachable/)).toHaveLength(1));
    });

    it('begins all charts where the data begins, and says so', async () => {
      const young = (panelId: string, seconds: number) =>
        createPanel({
          panelId,
          series: [
            {
              name: 'requests',
              labels: {},
              points: [
                [end - seconds, 1],
                [end, 2],
              ],
            },
          ],
        });
      renderPanels({
        listPanels,
        getPanel: async (_, panelId) => young(panelId, panelId === 'cpu' ? 600 : 500),
      });
      await waitFor(() =>
        expect(
          screen.getAllByText('↑ data begins here, 10 min ago; none before in the last 1 h'),
        ).toHaveLength(ids.length),
      );
      await waitFor(() => expect(ChartStub.charts.size).toBe(ids.length));
      for (const { options } of ChartStub.charts) {
        const range = options.scales?.x.range as () => [number, number];
        expect(range()).toEqual([end - 615, end]);
      }
    });

    it('shows what there is of a week in which the first point is still to come', async () => {
      renderPanels(
        {
          listPanels,
          getPanel: async (_, panelId, span) =>
            createPanel({
              ...span,
              panelId,
              series: [
                {
                  name: 'requests',
                  labels: {},
                  points:
                    span.step === 1_800
                      ? []
                      : [
                          [end - 590, 1],
                          [end, 2],
                        ],
                },
              ],
            }),
        },
        '/?range=7d',
      );
      await waitFor(() =>
        expect(
          screen.getAllByText('↑ data begins here, 10 min ago; none before in the last 7 d'),
        ).toHaveLength(ids.length),
      );
      expect(screen.queryByText(/Not measured/)).not.toBeInTheDocument();
    });

    it('does not shorten the range for data that begins early', async () => {
      renderPanels({
        listPanels,
        getPanel: async (_, panelId) =>
          createPanel({
            panelId,
            series: [
              {
                name: 'requests',
                labels: {},
                points: [
                  [end - 3_500, 1],
                  [end, 2],
                ],
              },
            ],
          }),
      });
      await waitFor(() => expect(ChartStub.charts.size).toBe(ids.length));
      expect(screen.queryByText(/data begins here/)).not.toBeInTheDocument();
    });
  });

  it('names the releases that stand on the chart by number', async () => {
    renderPanels({});
    await waitFor(() => expect(ChartStub.charts.size).toBe(1));
    const [chart] = ChartStub.charts;
    const marker = { time: end - 720, version: 'sha-1a2b3c4', kind: 'rollback' } as const;
    const numbered = Array.from({ length: 8 }, (_, index) => ({
      number: index + 1,
      marker: { ...marker, version: `sha-000000${index}` },
    }));
    jest.mocked(drawMarkers).mockReturnValue(numbered);
    act(() => chart.options.hooks?.draw?.forEach(hook => hook?.({} as never)));
    const list = screen.getByRole('list', { name: 'Releases on the chart by number' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(6);
    expect(within(list).getAllByRole('listitem')[0]).toHaveTextContent(
      '1 sha-0000000, rolled back, 12 min ago',
    );
    expect(screen.getByText('2 older releases')).toBeInTheDocument();
  });

  it('says what failed', async () => {
    const refusal = await createRefusal(403);
    renderPanels({
      getPanel: async () => {
        throw refusal;
      },
    });
    expect(await screen.findByText(/You may not see this/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  });

  it('says how to get metrics when none are set up', async () => {
    renderPanels({ listPanels: async () => ({ items: [] }) });
    expect(await screen.findByText(/No Prometheus is configured/)).toBeInTheDocument();
  });

  it('is loading while there is nothing', async () => {
    renderPanels({ listPanels: () => new Promise(() => {}) });
    expect(await screen.findByRole('status', { name: 'Loading metrics' })).toBeInTheDocument();
  });
});
