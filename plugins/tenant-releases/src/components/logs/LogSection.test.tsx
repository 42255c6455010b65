import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { createApi } from '../../testing/createApi';
import { createLine, createSource } from '../../testing/fixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { LogSection } from './LogSection';

setUpTestClock();

const source = createSource({ kind: 'loki' });

function renderLogs(part: Partial<TenantReleasesApi>, path = '/') {
  const api = createApi(part);
  renderInTestApp(
    <TenantReleasesProvider>
      <LogSection release={{ tenant: 'tenant-a', service: 'demo-api' }} running={['sha-9f8e7d6']} />
    </TenantReleasesProvider>,
    { apis: [[tenantReleasesApiRef, api]], initialRouteEntries: [path] },
  );
  return api;
}

const lastQuery = (api: ReturnType<typeof createApi>) =>
  api.listLogs.mock.calls[api.listLogs.mock.calls.length - 1][1];

describe('LogSection', () => {
  it('shows lines as text, and everything else that is known of one when it is opened', async () => {
    renderLogs({
      listLogs: async () => ({
        lines: [
          createLine({
            level: 'error',
            message: '\u001b[31m<img src=x onerror=alert(1)>\u001b[0m',
          }),
          createLine({ labels: {} }),
        ],
        truncated: false,
        source,
      }),
    });
    const [first, second] = await screen.findAllByTestId('log-line');
    expect(within(first).getByText('<img src=x onerror=alert(1)>')).toBeInTheDocument();
    expect(within(first).getByText('error')).toBeInTheDocument();
    expect(within(first).getByText('sha-1a2b3c4')).toBeInTheDocument();
    expect(within(second).getByText('not named')).toBeInTheDocument();
    const details = within(first).getByRole('button', {
      name: /:59:58, details$/,
      expanded: false,
    });
    await userEvent.click(details);
    expect(details).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByText('2026-11-23T11:59:58.123456789Z')).toBeInTheDocument();
    expect(screen.getByText('demo-api-1')).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Log lines' })).toHaveAttribute('tabindex', '0');
  });

  it('says that lines cannot be read, not that there are none', async () => {
    renderLogs({
      listLogs: async () => ({ lines: [], truncated: false, leftOutCount: 3, source }),
    });
    expect(
      await screen.findByText('Not shown, because they cannot be read or are too many: 3 lines.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/They wrote nothing/)).not.toBeInTheDocument();
  });

  it('asks for what the filters say; the search waits for a pause', async () => {
    const api = renderLogs({});
    const user = userEvent.setup();
    await screen.findByTestId('log-line');
    expect(lastQuery(api)).toMatchObject({ level: undefined, text: '', version: undefined });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Level' }), 'error');
    await waitFor(() => expect(lastQuery(api).level).toBe('error'));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Version' }), 'sha-9f8e7d6');
    await waitFor(() => expect(lastQuery(api).version).toBe('sha-9f8e7d6'));
    await user.type(screen.getByRole('searchbox', { name: 'Search logs' }), 'time out');
    await waitFor(() => expect(lastQuery(api).text).toBe('time out'));
    const texts = new Set(api.listLogs.mock.calls.map(([, { text }]) => text));
    expect(texts).toEqual(new Set(['', 'time out']));
  });

  it('shows the view that the URL holds', async () => {
    const api = renderLogs({}, '/?range=24h&level=warn&log=quota&log-version=sha-0000001');
    await screen.findByTestId('log-line');
    expect(lastQuery(api)).toMatchObject({
      level: 'warn',
      text: 'quota',
      version: 'sha-0000001',
    });
    const { start, end } = lastQuery(api);
    expect(end - start).toBe(24 * 3600);
    expect(screen.getByRole('combobox', { name: 'Version' })).toHaveValue('sha-0000001');
  });

  it('says that there are more lines, and shows them', async () => {
    const api = renderLogs({
      listLogs: async () => ({ lines: [createLine()], truncated: true, source }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Show more' }));
    await waitFor(() => expect(lastQuery(api).limit).toBe(1000));
    expect(await screen.findByText(/shorten the time range/)).toBeInTheDocument();
  });

  it.each([
    ['/', 'They wrote nothing in this time range.'],
    ['/?level=error', 'No line matches these filters in this time range.'],
  ])('at %s says why there are no lines', async (path, text) => {
    renderLogs({ listLogs: async () => ({ lines: [], truncated: false, source }) }, path);
    expect(await screen.findByText(new RegExp(text))).toBeInTheDocument();
  });

  it('does not call lines absent that were not all looked through', async () => {
    renderLogs({ listLogs: async () => ({ lines: [], truncated: true, source }) }, '/?level=error');
    expect(await screen.findByText(/too many to look through all/)).toBeInTheDocument();
    expect(screen.queryByText(/No line matches/)).not.toBeInTheDocument();
  });

  it('does not take an outage of Loki for "no lines"', async () => {
    renderLogs({
      listLogs: async () => ({
        lines: [],
        truncated: false,
        source: createSource({ kind: 'loki', state: 'down', error: 'timeout', ageSeconds: 60 }),
      }),
    });
    expect(await screen.findByText('Loki not answering for 1 min, last known')).toBeInTheDocument();
    expect(screen.queryByText(/wrote nothing/)).not.toBeInTheDocument();
  });

  it('says what failed and tries again', async () => {
    const refusal = await createRefusal(503, 'Loki has not answered yet');
    const api = renderLogs({
      listLogs: async () => {
        throw refusal;
      },
    });
    await screen.findByText(/Loki has not answered yet/, undefined, { timeout: 3_000 });
    api.listLogs.mockResolvedValue({ lines: [createLine()], truncated: false, source });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByTestId('log-line')).toBeInTheDocument();
  });

  it('is loading while there is nothing', async () => {
    renderLogs({ listLogs: () => new Promise(() => {}) });
    expect(await screen.findByRole('status', { name: 'Loading logs' })).toBeInTheDocument();
  });
});
