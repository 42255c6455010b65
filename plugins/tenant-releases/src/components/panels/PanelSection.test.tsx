import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import ChartStub from '../../testing/ChartStub';
import { createApi } from '../../testing/createApi';
import { createPanel, createSource, now } from '../../testing/fixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { PanelSection } from './PanelSection';

setUpTestClock();

const end = now / 1000;
const requestRate = {
  id: 'request-rate',
  title: 'Requests',
  unit: 'requests/s',
  kind: 'line',
} as const;

function renderPanels(part: Partial<TenantReleasesApi>) {
  renderInTestApp(
    <TenantReleasesProvider>
      <PanelSection release={{ tenant: 'tenant-a', service: 'demo-api' }} />
    </TenantReleasesProvider>,
    {
      apis: [
        [
          tenantReleasesApiRef,
          createApi({ listPanels: async () => ({ items: [requestRate] }), ...part }),
        ],
      ],
    },
  );
}

describe('PanelSection', () => {
  it('draws the series over the range and says the newest value', async () => {
    renderPanels({});
    expect(await screen.findByTestId('panel-request-rate-value')).toHaveTextContent(
      '3.2 requests/s now',
    );
    expect(
      screen.getByRole('img', { name: 'Requests: requests 3.2 requests/s now.' }),
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
        createPanel({ series: [{ name: 'requests', labels: {}, points: [[end - 600, 1]] }] }),
    });
    expect(await screen.findByTestId('panel-request-rate-value')).toHaveTextContent(
      '1 requests/s 10 min ago',
    );
  });

  it('says why there is nothing to draw', async () => {
    renderPanels({ getPanel: async () => createPanel({ series: [] }) });
    expect(await screen.findByTestId('panel-request-rate')).toHaveTextContent(
      'No data yet: Prometheus has measured nothing of this in the last 1 h.',
    );
    expect(screen.getByTestId('panel-request-rate-value')).toHaveTextContent('no data yet');
  });

  it('says which series were looked for and are not there', async () => {
    const empty = {
      text: 'No series: requests_total{namespace="tenant-a"} has no data in this range.',
      queries: [{ name: 'ok', metric: 'requests_total', labels: { namespace: 'tenant-a' } }],
    };
    renderPanels({ getPanel: async () => createPanel({ series: [], empty }) });
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
