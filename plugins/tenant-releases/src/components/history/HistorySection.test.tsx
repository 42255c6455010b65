import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type TenantReleasesApi, tenantReleasesApiRef } from '../../api/TenantReleasesApi';
import { TenantReleasesProvider } from '../../api/TenantReleasesProvider';
import { createApi } from '../../testing/createApi';
import { ago, createEntry, createSource } from '../../testing/fixtures';
import { createRefusal } from '../../testing/refusal';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { HistorySection } from './HistorySection';

setUpTestClock();

function renderHistory(part: Partial<TenantReleasesApi>, desired = 'sha-1a2b3c4') {
  renderInTestApp(
    <TenantReleasesProvider>
      <HistorySection
        release={{ tenant: 'tenant-a', service: 'demo-api' }}
        running={['sha-1a2b3c4']}
        desired={desired}
        values="https://git.test/acme/platform/blob/main/gitops/tenants/tenant-a-values.yaml"
      />
    </TenantReleasesProvider>,
    { apis: [[tenantReleasesApiRef, createApi(part)]] },
  );
}

describe('HistorySection', () => {
  it('shows each change with who, what and how long it took', async () => {
    renderHistory(
      {
        listHistory: async () => ({
          items: [
            createEntry({
              version: 'sha-9f8e7d6',
              commit: 'c4',
              syncedAt: undefined,
              runningAt: undefined,
            }),
            createEntry({
              commit: 'c3',
              kind: 'settings',
              message: 'raise the quota\n\nfor the sale',
            }),
            createEntry({
              commit: 'c2',
              kind: 'rollback',
              author: 'Lin',
              pullRequest: { number: 139, url: 'https://git.test/139', title: 'roll back' },
            }),
            createEntry({ commit: 'c1' }),
          ],
          sources: [],
        }),
      },
      'sha-9f8e7d6',
    );
    const rows = await screen.findAllByTestId('history-row');
    expect(rows).toHaveLength(4);
    expect(rows[0]).toHaveTextContent('wanted');
    expect(rows[0]).toHaveTextContent('not seen');
    expect(rows[1]).toHaveTextContent('raise the quota');
    expect(rows[1]).not.toHaveTextContent('for the sale');
    expect(rows[1]).not.toHaveTextContent('running');
    expect(rows[2]).toHaveTextContent('running');
    expect(rows[2]).toHaveTextContent('Lin');
    expect(rows[2]).toHaveTextContent('Roll-back');
    expect(rows[2]).toHaveTextContent('4 s to sync, 27 s to run');
    expect(within(rows[2]).getByRole('link', { name: /#139/ })).toHaveAttribute(
      'href',
      'https://git.test/139',
    );
    expect(rows.map(row => row.getAttribute('aria-current'))).toEqual(['true', null, 'true', null]);
  });

  it('says what replaced what, how long each was in use, and where Git shows it', async () => {
    renderHistory({
      listHistory: async () => ({
        items: [
          createEntry({
            version: 'sha-0000002',
            previousVersion: 'sha-0000001',
            commit: 'c2'.repeat(20),
          }),
          createEntry({ version: 'sha-0000001', commit: 'c1'.repeat(20), committedAt: ago(8_000) }),
        ],
        sources: [],
      }),
    });
    const [newer, older] = await screen.findAllByTestId('history-row');
    expect(newer).toHaveTextContent('replaced sha-0000001');
    expect(newer).toHaveTextContent('2 h so far');
    expect(within(newer).getByText('4 s to sync, 27 s to run')).toBeInTheDocument();
    expect(older).toHaveTextContent('12 min, then sha-0000002');
    expect(within(older).getByRole('link', { name: /Commit c1c1c1c in Git/ })).toHaveAttribute(
      'href',
      `https://git.test/acme/platform/commit/${'c1'.repeat(20)}`,
    );
  });

  it('names the commit of a version and its author, whatever is written into it', async () => {
    const title = `<img src=x onerror=alert(1)> ${'w'.repeat(180)}`;
    renderHistory({
      listHistory: async () => ({
        items: [
          createEntry({
            commit: 'c2',
            author: 'github-actions[bot]',
            isBot: true,
            source: {
              commit: '9f8e7d6'.padEnd(40, '0'),
              title,
              author: 'Lin Zhao',
              url: 'https://git.test/acme/demo-api/commit/9f8e7d6',
            },
          }),
          createEntry({
            commit: 'c1',
            source: { commit: 'x', title: '', url: 'data:text/html,x' },
          }),
        ],
        sources: [],
      }),
    });
    const [newer, older] = await screen.findAllByTestId('history-row');
    expect(
      within(newer).getByRole('link', { name: /^<img src=x onerror=alert\(1\)> w{170,180}/ }),
    ).toHaveAttribute('href', 'https://git.test/acme/demo-api/commit/9f8e7d6');
    expect(newer).toHaveTextContent(', by Lin Zhao');
    expect(newer).toHaveTextContent('github-actions (bot)');
    expect(older).toHaveTextContent('commit without a message');
    expect(within(older).queryByRole('link', { name: /without a message/ })).toBeNull();
  });

  it('names the person behind a bot, and the place that the file had before', async () => {
    renderHistory({
      listHistory: async () => ({
        items: [
          createEntry({
            commit: 'c2',
            author: 'renovate[bot]',
            pullRequest: {
              number: 9,
              url: 'https://git.test/9',
              title: 'bump',
              mergedBy: 'Jo Doe',
            },
          }),
          createEntry({
            commit: 'c1',
            kind: 'settings',
            message: 'new layout',
            movedFrom: 'tenants/tenant-a.yaml',
          }),
        ],
        sources: [],
      }),
    });
    const [bumped, moved] = await screen.findAllByTestId('history-row');
    expect(
      within(bumped).getByText('merged by Jo Doe, written by renovate (bot)'),
    ).toBeInTheDocument();
    expect(moved).toHaveTextContent('new layout · moved here from tenants/tenant-a.yaml');
  });

  it('shows more on demand', async () => {
    renderHistory({
      listHistory: async (_, options) =>
        options?.cursor
          ? { items: [createEntry({ commit: 'c1' })], sources: [] }
          : { items: [createEntry({ commit: 'c2' })], nextCursor: 'older', sources: [] },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Show more' }));
    expect(await screen.findAllByTestId('history-row')).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
  });

  it('says that a source is down instead of "nothing"', async () => {
    renderHistory({
      listHistory: async () => ({
        items: [],
        sources: [createSource({ kind: 'git', state: 'down', ageSeconds: 30 })],
      }),
    });
    expect(await screen.findByText('Git unreachable for 30 s, last known')).toBeInTheDocument();
    expect(screen.queryByText(/has a row here/)).not.toBeInTheDocument();
  });

  it('says what would be here', async () => {
    renderHistory({ listHistory: async () => ({ items: [], sources: [] }) });
    expect(await screen.findByText(/Each change of this tenant’s version/)).toBeInTheDocument();
  });

  it('says what failed', async () => {
    const refusal = await createRefusal(500);
    renderHistory({
      listHistory: async () => {
        throw refusal;
      },
    });
    expect(
      await screen.findByText(/The portal failed/, undefined, { timeout: 3_000 }),
    ).toBeInTheDocument();
  });

  it('is loading while there is nothing', async () => {
    renderHistory({ listHistory: () => new Promise(() => {}) });
    expect(await screen.findByRole('status', { name: 'Loading releases' })).toBeInTheDocument();
  });
});
