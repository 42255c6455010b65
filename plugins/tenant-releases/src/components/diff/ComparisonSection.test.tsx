import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { ReleaseDiff } from '@internal/plugin-tenant-releases-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { createApi } from '../../testing/createApi';
import { commit, createDiff } from '../../testing/detailFixtures';
import { createEntry } from '../../testing/fixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { HistorySection } from '../history/HistorySection';

setUpTestClock();

const entries = ['3', '2', '1'].map(digit =>
  createEntry({ commit: commit(digit), version: `sha-000000${digit}` }),
);
const pair = { from: commit('1'), to: commit('2') };
const key = { tenant: 'tenant-a', service: 'demo-api' };

function renderHistory(part: Partial<TenantReleasesApi> = {}, compare?: string) {
  const api = createApi({ listHistory: async () => ({ items: entries, sources: [] }), ...part });
  renderInTestApp(
    <TenantReleasesProvider>
      <HistorySection release={key} running={[]} />
    </TenantReleasesProvider>,
    {
      apis: [[tenantReleasesApiRef, api]],
      initialRouteEntries: [compare === undefined ? '/' : `/?compare=${compare}`],
    },
  );
  return api;
}

const shared = `${pair.from}..${pair.to}`;
const withManifests = (manifests: ReleaseDiff['manifests']) => ({
  getDiff: async () => createDiff(pair, { manifests }),
});

describe('ComparisonSection', () => {
  it('compares a release with the one before it, and the keyboard goes on there', async () => {
    const api = renderHistory();
    const [first] = await screen.findAllByTestId('history-row');
    expect(api.getDiff).not.toHaveBeenCalled();
    await userEvent.click(
      within(first).getByRole('button', {
        name: 'diff: compare sha-0000003 with the release before it',
      }),
    );
    const section = await screen.findByRole('region', { name: 'Compare releases' });
    expect(section.parentElement).toHaveFocus();
    const row = await screen.findByTestId('diff-key');
    expect(row).toHaveTextContent('image.tag~changedsha-0000001sha-1a2b3c4');
    expect(api.getDiff.mock.calls[0].slice(0, 2)).toEqual([
      key,
      { from: commit('2'), to: commit('3') },
    ]);
    expect(screen.getByText(/1 of 9 objects differs/)).toBeInTheDocument();
    const object = screen.getByTestId('diff-object');
    expect(object).toHaveTextContent('Deployment demo-api in tenant-a');
    expect(
      within(object).getByRole('region', { name: /Difference of Deployment/ }),
    ).toHaveTextContent('sha-1a2b3c4');
  });

  it('compares any two, in either direction', async () => {
    const api = renderHistory({}, shared);
    await screen.findByTestId('diff-key');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'After' }), commit('3'));
    await screen.findByTestId('diff-key');
    await userEvent.click(screen.getByRole('button', { name: 'Swap' }));
    await screen.findByTestId('diff-key');
    expect(api.getDiff.mock.calls.map(call => call[1])).toEqual([
      pair,
      { from: commit('1'), to: commit('3') },
      { from: commit('3'), to: commit('1') },
    ]);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'After' }), commit('3'));
    expect(await screen.findByText(/Choose two different releases/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('region', { name: 'Compare releases' })).not.toBeInTheDocument();
  });

  it('reads on for the release before the last one that is shown', async () => {
    const older = createEntry({ commit: commit('0'), version: 'sha-0000000' });
    const api = renderHistory({
      listHistory: async (_, options) =>
        options?.cursor
          ? { items: [older], sources: [] }
          : { items: entries, nextCursor: 'older', sources: [] },
    });
    const rows = await screen.findAllByTestId('history-row');
    await userEvent.click(within(rows[2]).getByRole('button', { name: /^diff: compare/ }));
    await screen.findByTestId('diff-key');
    expect(api.getDiff.mock.calls[0][1]).toEqual({ from: commit('0'), to: commit('1') });
    const all = screen.getAllByTestId('history-row');
    expect(
      within(all[3]).queryByRole('button', { name: /^diff: compare/ }),
    ).not.toBeInTheDocument();
  });

  it('says that charts are being rendered, and shows them when they are', async () => {
    const pending = createDiff(pair, { manifests: { pending: true, retrySeconds: 0.1 } });
    let finish = () => {};
    const rendered = new Promise<ReleaseDiff>(resolve => {
      finish = () => resolve(createDiff(pair));
    });
    const answers = [Promise.resolve(pending), rendered];
    const api = renderHistory({ getDiff: () => answers.shift() ?? rendered }, shared);
    expect(
      await screen.findByRole('status', { name: 'Loading rendered manifests' }),
    ).toBeInTheDocument();
    // What is known already does not wait.
    expect(screen.getByTestId('diff-key')).toBeInTheDocument();
    await waitFor(() => expect(api.getDiff).toHaveBeenCalledTimes(2));
    finish();
    expect(await screen.findByTestId('diff-object')).toBeInTheDocument();
  });

  it('says why charts cannot be rendered', async () => {
    renderHistory(withManifests({ unavailable: 'Nothing is rendered here: no helm.' }), shared);
    expect(await screen.findByText('Nothing is rendered here: no helm.')).toBeInTheDocument();
    expect(screen.getByTestId('diff-key')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });

  it('says that nothing differs', async () => {
    renderHistory(
      {
        getDiff: async () =>
          createDiff(pair, {
            values: { path: 'f.yaml', diff: '', keys: [], truncated: false },
            manifests: { objects: [], unchanged: 9, truncated: false },
          }),
      },
      shared,
    );
    expect(await screen.findByText('The file says the same in both.')).toBeInTheDocument();
    expect(screen.getByText('all 9 objects are the same')).toBeInTheDocument();
  });

  it('opens the first of many objects, the others when asked', async () => {
    const { manifests } = createDiff(pair);
    const [object] = 'objects' in manifests ? manifests.objects : [];
    const objects = Array.from({ length: 5 }, (_, index) => ({ ...object, name: `web-${index}` }));
    renderHistory(withManifests({ objects, unchanged: 0, truncated: true }), shared);
    const items = await screen.findAllByTestId('diff-object');
    expect(items).toHaveLength(5);
    expect(within(items[0]).getByTestId('diff')).toBeInTheDocument();
    expect(within(items[1]).queryByTestId('diff')).not.toBeInTheDocument();
    await userEvent.click(within(items[1]).getByText(/web-1/));
    expect(await within(items[1]).findByTestId('diff')).toBeInTheDocument();
    expect(screen.getByText(/5 of 5 objects differ; not all is shown/)).toBeInTheDocument();
  });

  it('takes a link that makes no sense for none', async () => {
    const api = renderHistory({}, '../../../secrets');
    await screen.findAllByTestId('history-row');
    expect(screen.queryByRole('region', { name: 'Compare releases' })).not.toBeInTheDocument();
    expect(api.getDiff).not.toHaveBeenCalled();
  });

  it.each([
    [503, /Git does not answer/],
    [404, /One of the two is not in the history/],
  ])('says what failed: %d', async (status, text) => {
    const refusal = await createRefusal(status, 'Git does not answer (timeout)');
    renderHistory({ getDiff: () => Promise.reject(refusal) }, shared);
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('is loading while there is nothing', async () => {
    renderHistory({ getDiff: () => new Promise(() => {}) }, shared);
    expect(await screen.findByRole('status', { name: 'Loading difference' })).toBeInTheDocument();
  });
});
