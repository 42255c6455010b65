import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { many, renderFleet, shownRows } from '../../__testUtils__/renderFleet';
import { ago, createList, createRow } from '../../testing/fixtures';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { examineTitles } from '../../__testUtils__/titleOnly';

setUpTestClock();

/** One of each kind of row: what it lacks, what it is marked with, and what is longer than its column. */
const kinds = [
  createRow({ tenant: 'calm' }),
  createRow({ tenant: 'new', desired: undefined, running: [], synced: undefined, ring: -1 }),
  createRow({ tenant: 'unread', desired: { version: 'sha-1a2b3c4' } }),
  createRow({
    tenant: 'quiet',
    reasons: [{ code: 'FROZEN', text: 'No changes until Friday: audit', since: ago(60) }],
  }),
  createRow({
    tenant: 'kept',
    state: 'degraded',
    hold: { version: 'sha-1a2b3c4', reason: 'errors after it', by: 'ada', since: ago(60) },
    reasons: [
      { code: 'BAD_VERSION', text: 'It loses orders', since: ago(60) },
      { code: 'HELD', text: 'Held at sha-1a2b3c4 by ada: errors after it', since: ago(60) },
    ],
  }),
  createRow({
    tenant: 'passed',
    state: 'drifted',
    hold: { version: 'sha-0000001', reason: 'errors after it', by: 'ada', since: ago(60) },
    reasons: [{ code: 'HELD', text: 'Git wants another', since: ago(60) }],
  }),
];

describe('marks beside the state', () => {
  const marksIn = (row: HTMLElement) =>
    ['Bad version', 'Held', 'Frozen'].filter(
      mark => within(row).queryByText(mark) ?? within(row).queryByRole('img', { name: mark }),
    );
  const expected = { calm: [], quiet: ['Frozen'], kept: ['Bad version', 'Held'], passed: [] };

  it('are words in the table, with the reason of a freeze', async () => {
    renderFleet(kinds);
    await screen.findByTestId('tenant-row-calm');
    for (const [tenant, marks] of Object.entries(expected)) {
      expect(marksIn(screen.getByTestId(`tenant-row-${tenant}`))).toEqual(marks);
    }
    expect(screen.getByTestId('tenant-row-quiet')).toHaveTextContent(
      'In syncFrozenNo changes until Friday: audit.',
    );
  });

  it('are icons with a name in the matrix, and its legend has them', async () => {
    renderFleet(kinds, '/tenants?view=matrix');
    await screen.findByTestId('matrix-calm/demo-api');
    for (const [tenant, marks] of Object.entries(expected)) {
      expect(marksIn(screen.getByTestId(`matrix-${tenant}/demo-api`))).toEqual(marks);
    }
    ['bad version', 'held', 'frozen'].forEach(word =>
      expect(screen.getByText(word)).toBeInTheDocument(),
    );
  });

  it('have a clause in the sentence, which shows the frozen and nothing else', async () => {
    renderFleet(kinds);
    await userEvent.click(await screen.findByRole('button', { name: '1 is frozen' }));
    expect(shownRows()).toEqual(['tenant-row-quiet']);
    await userEvent.click(screen.getByRole('button', { name: /^Only: Frozen/ }));
    expect(shownRows()).toHaveLength(kinds.length);
  });
});

describe('nothing stands only in a title', () => {
  it.each(['/tenants', '/tenants?view=matrix'])('of %s', async path => {
    renderFleet(kinds, path);
    await screen.findByTestId(path === '/tenants' ? 'tenant-row-calm' : 'matrix-calm/demo-api');
    const { titles, titleOnly } = examineTitles();
    expect(titleOnly).toEqual([]);
    expect(titles).toBeGreaterThan(20);
  });

  it('finds one that does', async () => {
    renderFleet(kinds);
    const row = await screen.findByTestId('tenant-row-calm');
    row.title = 'more of it';
    expect(examineTitles().titleOnly).toEqual(['more of it']);
  });
});

describe('the worst first', () => {
  const because = (code: 'BAD_VERSION' | 'ERRORS_ABOVE_OBJECTIVE' | 'ALERT_FIRING') => ({
    state: 'degraded' as const,
    delivery: 'in-sync' as const,
    reasons: [{ code, text: code, since: ago(30) }],
    serving: { status: 'failing' as const, errorRatio: 0.33, version: 'sha-4ed4022' },
  });
  const rows = many(6, index => {
    if (index === 2) return because('BAD_VERSION');
    return index > 3 ? because('ERRORS_ABOVE_OBJECTIVE') : {};
  });

  it('is the order of a link that names none; a link that names one keeps it', async () => {
    renderFleet(rows);
    await screen.findByTestId('tenant-row-tenant-0000');
    expect(shownRows().map(id => Number(id?.slice(-1)))).toEqual([4, 5, 2, 0, 1, 3]);
  });

  it('is not the order of a link that names another', async () => {
    renderFleet(rows, '/tenants?sort=tenant');
    await screen.findByTestId('tenant-row-tenant-0000');
    expect(shownRows().map(id => Number(id?.slice(-1)))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(screen.getByRole('columnheader', { name: 'Tenant' })).toHaveAttribute('aria-sort');
  });

  it('shows what a clause of the sentence counts, with the keyboard too, and nothing else', async () => {
    renderFleet(rows, '/tenants?tier=free&q=nobody');
    const user = userEvent.setup();
    const clause = await screen.findByRole('button', {
      name: '2 fail 33 % of requests since sha-4ed4022',
    });
    clause.focus();
    await user.keyboard('{Enter}');
    expect(clause).toHaveAttribute('aria-pressed', 'true');
    expect(shownRows()).toEqual(['tenant-row-tenant-0004', 'tenant-row-tenant-0005']);
    const bad = screen.getByRole('button', { name: '1 is on a bad version' });
    await user.click(bad);
    expect(shownRows()).toEqual(['tenant-row-tenant-0002']);
    expect(clause).toHaveAttribute('aria-pressed', 'false');
    const row = within(screen.getByTestId('tenant-row-tenant-0002'));
    expect(row.getByText('Bad version')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /^Only: Bad version/ }));
    expect(bad).toHaveAttribute('aria-pressed', 'false');
    expect(shownRows()).toHaveLength(6);
  });

  it('counts releases, not tenants, where a tenant has several', async () => {
    const two = ['one', 'two'].map(service => createRow({ service }));
    renderFleet([], '/tenants?q=nobody', { listReleases: async () => createList(two) });
    expect(
      await screen.findByText('None of 2 releases matches these filters.'),
    ).toBeInTheDocument();
  });

  it('comes at once, before the other rows have come', async () => {
    renderFleet([], '/tenants', {
      listReleases: async ({ cursor, states } = {}) => {
        if (cursor) return new Promise(() => {});
        if (states) return createList([createRow({ tenant: 'zulu', state: 'degraded' })]);
        return { ...createList(many(60)), totalItems: 1_000, nextCursor: 'next' };
      },
    });
    await screen.findByTestId('tenant-row-zulu');
    expect(shownRows()[0]).toBe('tenant-row-zulu');
  });
});

describe('a click on a row', () => {
  const open = jest.fn();
  beforeEach(() => {
    open.mockReset();
    jest.spyOn(window, 'open').mockImplementation(open);
  });

  it('opens the tenant', async () => {
    renderFleet(many(3));
    const user = userEvent.setup();
    await user.click(
      within(await screen.findByTestId('tenant-row-tenant-0001')).getByText('In sync'),
    );
    await waitFor(() => expect(screen.queryByRole('grid')).not.toBeInTheDocument());
    expect(open).not.toHaveBeenCalled();
  });

  it('opens a new tab with Ctrl or the middle button', async () => {
    renderFleet(many(2));
    const user = userEvent.setup();
    const cell = within(await screen.findByTestId('tenant-row-tenant-0001')).getByText('In sync');
    await user.keyboard('{Control>}');
    await user.click(cell);
    await user.keyboard('{/Control}');
    await user.pointer({ keys: '[MouseMiddle]', target: cell });
    expect(open.mock.calls.map(([url]) => new URL(url).pathname)).toContain(
      '/catalog/default/resource/tenant-0001/releases',
    );
    expect(screen.getByRole('grid')).toBeInTheDocument();
  });

  it('does nothing when text was selected, or when it was on something in the row', async () => {
    renderFleet(many(2));
    const user = userEvent.setup();
    const row = await screen.findByTestId('tenant-row-tenant-0001');
    const cell = within(row).getByText('In sync');
    await user.click(within(row).getAllByRole('button', { name: /sha-1a2b3c4/ })[0]);
    window.getSelection()?.selectAllChildren(cell);
    // Another press would end the selection: this is the end of the one that made it.
    fireEvent.click(cell);
    expect(window.getSelection()?.toString()).toBe('In sync');
    expect(screen.getByRole('grid')).toBeInTheDocument();
  });
});

describe('a row', () => {
  it('says in words why a cell is empty', async () => {
    const row = createRow({ ring: -1, desired: undefined, running: [], synced: undefined });
    renderFleet([row]);
    const found = await screen.findByTestId('tenant-row-tenant-a');
    expect(found).toHaveTextContent('No tenant file says its ring');
    expect(found).toHaveTextContent('Git says no version for this tenant');
    expect(found).toHaveTextContent('No pods are known');
    expect(found).toHaveTextContent('Nobody knows since when');
  });

  it.each([
    ['a name of wide characters', '株'.repeat(80)],
    ['a name from right to left, with a picture', 'شركة الاختبار 🚀'],
  ])('shows beside the id %s', async (_, displayName) => {
    renderFleet([createRow({ displayName })]);
    const row = within(await screen.findByTestId('tenant-row-tenant-a'));
    expect(row.getByText(displayName)).toHaveAttribute('dir', 'auto');
    expect(row.getByRole('link', { name: 'tenant-a' })).toBeInTheDocument();
  });

  it('shows a display name that is the id once', async () => {
    renderFleet([createRow({ displayName: 'tenant-a' })]);
    const row = within(await screen.findByTestId('tenant-row-tenant-a'));
    expect(row.getAllByText('tenant-a')).toHaveLength(1);
  });
});
