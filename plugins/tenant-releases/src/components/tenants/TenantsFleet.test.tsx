import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { findSentence } from '../../__testUtils__/findSentence';
import { many, name, renderFleet, shownRows } from '../../__testUtils__/renderFleet';
import { ago, createList, createRow } from '../../testing/fixtures';
import { setUpTestClock } from '../../testing/setUpTestClock';
import { saveFile } from '../common/saveFile';

jest.mock('../common/saveFile', () => ({ saveFile: jest.fn() }));
setUpTestClock();

describe('a fleet of thousands', () => {
  it('draws only what is on the screen, and says how many there are', async () => {
    renderFleet(many(5_000));
    await screen.findByTestId('tenant-row-tenant-0000');
    expect(shownRows().length).toBeLessThan(60);
    const grid = screen.getByRole('grid', { name: 'Tenants' });
    expect(grid).toHaveAttribute('aria-rowcount', '5001');
    expect(screen.getByTestId('tenant-row-tenant-0000')).toHaveAttribute('aria-rowindex', '2');
    expect(screen.getByText('All 5,000 tenants run what Git wants.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'In sync 5,000' })).toBeInTheDocument();
  });

  it('shows the first rows and the counts of all while the others come', async () => {
    const counts = { degraded: 2, drifted: 0, progressing: 0, unknown: 0, held: 0, 'in-sync': 998 };
    renderFleet([], '/tenants', {
      listReleases: ({ cursor } = {}) =>
        cursor
          ? new Promise(() => {})
          : Promise.resolve({
              ...createList(many(60)),
              totalItems: 1_000,
              nextCursor: 'next',
              counts,
            }),
    });
    await screen.findByTestId('tenant-row-tenant-0000');
    expect(
      await findSentence('998 of 1,000 tenants are as intended; 2 are degraded.'),
    ).toBeInTheDocument();
    // The clause shows what it counts, of which only the state is known so far.
    await userEvent.click(screen.getByRole('button', { name: '2 are degraded' }));
    expect(screen.getByRole('button', { name: 'Degraded 0' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    expect(screen.getByRole('button', { name: '2 are degraded' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await userEvent.click(screen.getByRole('button', { name: '2 are degraded' }));
    expect(screen.getByRole('button', { name: 'Degraded 2' })).toBeInTheDocument();
    expect(screen.getByRole('status', { name: 'Loading more tenants' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Export CSV' })).toBeDisabled();
  });

  it('does not say "none matches" before all have come', async () => {
    renderFleet([], '/tenants?state=held', {
      listReleases: ({ cursor } = {}) =>
        cursor
          ? new Promise(() => {})
          : Promise.resolve({ ...createList(many(60)), totalItems: 61, nextCursor: 'next' }),
    });
    expect(await screen.findByRole('status', { name: 'Loading more tenants' })).toBeInTheDocument();
    expect(screen.queryByText(/matches these filters/)).not.toBeInTheDocument();
  });
});

describe('changes while somebody looks', () => {
  it('come without the whole being read again: only the row is', async () => {
    const { api, change } = renderFleet(many(5));
    await screen.findByTestId('tenant-row-tenant-0003');
    const before = api.listReleases.mock.calls.length;
    change(createRow({ tenant: name(3), state: 'held' }));
    const row = within(screen.getByTestId('tenant-row-tenant-0003'));
    expect(await row.findByText('Held')).toBeInTheDocument();
    expect(api.listReleases.mock.calls.slice(before).map(([query]) => query?.tenants)).toEqual([
      [name(3)],
    ]);
  });

  it('do not move a row from under the pointer, and move it when told to', async () => {
    const { change } = renderFleet(many(4), '/tenants?sort=state');
    const user = userEvent.setup();
    await user.hover(await screen.findByTestId('tenant-row-tenant-0000'));
    change(createRow({ tenant: name(2), state: 'degraded' }));
    const pill = await screen.findByRole('button', { name: '1 change: apply the order' });
    expect(shownRows()[2]).toBe('tenant-row-tenant-0002');
    expect(screen.getByTestId('tenant-row-tenant-0002')).toHaveTextContent('Degraded');
    await user.click(pill);
    expect(shownRows()[0]).toBe('tenant-row-tenant-0002');
  });

  it('take their place as soon as the pointer has gone', async () => {
    const { change } = renderFleet(many(4), '/tenants?state=in-sync');
    const user = userEvent.setup();
    await user.hover(await screen.findByTestId('tenant-row-tenant-0001'));
    change(createRow({ tenant: name(1), state: 'held' }));
    await screen.findByRole('button', { name: /1 change/ });
    const leaving = screen.getByTestId('tenant-row-tenant-0001');
    expect(leaving).toHaveTextContent('No longer part of this view');
    await user.unhover(leaving);
    await waitFor(() => expect(shownRows()).toHaveLength(3));
  });
});

describe('the keyboard', () => {
  it('reaches search with a slash and rows with arrows, and opens one with Enter', async () => {
    renderFleet(many(40));
    const user = userEvent.setup();
    await screen.findByTestId('tenant-row-tenant-0000');
    await user.keyboard('/');
    expect(screen.getByRole('searchbox', { name: 'Search tenants' })).toHaveFocus();
    await user.keyboard('/');
    expect(screen.getByRole('searchbox', { name: 'Search tenants' })).toHaveValue('/');
    await user.clear(screen.getByRole('searchbox', { name: 'Search tenants' }));
    act(() => screen.getByTestId('tenant-row-tenant-0000').focus());
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(screen.getByTestId('tenant-row-tenant-0001')).toHaveFocus());
    await user.keyboard('{End}');
    await waitFor(() => expect(screen.getByTestId('tenant-row-tenant-0039')).toHaveFocus());
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('grid')).not.toBeInTheDocument());
  });

  it('stops once at the rows, and at what is in the current one', async () => {
    renderFleet(many(3));
    await screen.findByTestId('tenant-row-tenant-0000');
    const inOrder = screen
      .getAllByTestId(/^tenant-row-/)
      .map(row => row.querySelectorAll('[tabindex="0"]').length + Number(row.tabIndex === 0));
    expect(inOrder[0]).toBeGreaterThan(1);
    expect(inOrder.slice(1)).toEqual([0, 0]);
  });
});

describe('views and export', () => {
  it('keeps a view under a name and shows it again', async () => {
    renderFleet(
      many(3, index => ({ ring: index })),
      '/tenants?ring=1',
    );
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Save view' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByRole('alert')).toHaveTextContent('Give the view a name.');
    await user.type(screen.getByRole('textbox', { name: 'Name of the view' }), 'Early{Enter}');
    const views = await screen.findByRole('combobox', { name: 'View' });
    expect(views).toHaveDisplayValue('Early');
    await user.selectOptions(views, 'all tenants');
    await waitFor(() => expect(shownRows()).toHaveLength(3));
    await user.selectOptions(screen.getByRole('combobox', { name: 'View' }), 'Early');
    await waitFor(() => expect(shownRows()).toEqual(['tenant-row-tenant-0001']));
    await user.click(screen.getByRole('button', { name: 'Delete view' }));
    await waitFor(() =>
      expect(screen.queryByRole('combobox', { name: 'View' })).not.toBeInTheDocument(),
    );
  });

  it('exports what is filtered, as it is sorted', async () => {
    renderFleet(
      many(3, index => ({ ring: index })),
      '/tenants?sort=-ring&q=tenant',
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Export CSV' }));
    const [file, type, text] = jest.mocked(saveFile).mock.calls[0];
    expect(file).toMatch(/^tenants-.*\.csv$/);
    expect(type).toContain('text/csv');
    expect(text.split('\r\n').map(line => line.split(',')[0])).toEqual([
      'tenant',
      name(2),
      name(1),
      name(0),
      '',
    ]);
  });
});

describe('the matrix', () => {
  const behind = (version: string, days: number) => ({
    desired: { version, firstSeen: ago(days * 86_400) },
    running: [{ version, pods: 1, ready: 1, firstSeen: ago(days * 86_400) }],
  });
  const rows = many(80, index => ({
    ring: index % 2,
    ringName: index % 2 === 0 ? 'canary' : undefined,
    ...(index < 3 ? behind('sha-0000001', 9) : behind('sha-0000002', 1)),
  }));

  it('shows rings at first, and the releases of one that is opened', async () => {
    renderFleet(rows, '/tenants?view=matrix');
    const user = userEvent.setup();
    const grid = await screen.findByRole('treegrid', { name: 'Tenants and versions' });
    expect(grid).toHaveAttribute('aria-rowcount', '3');
    const headings = within(grid).getAllByRole('columnheader');
    expect(headings.map(({ textContent }) => textContent)).toEqual([
      'Ring, tenant',
      '000000224 h',
      '00000019 d',
      'Behind',
    ]);
    const ring = screen.getByTestId('matrix-ring 0');
    expect(ring).toHaveTextContent(/^Ring 0, canary4038.*2.*95 % on the newest/);
    expect(ring).toHaveAttribute('aria-expanded', 'false');
    await user.click(within(ring).getByRole('button'));
    expect(await screen.findByTestId('matrix-tenant-0000/demo-api')).toHaveTextContent(
      '1 behind, 8 days',
    );
    expect(screen.getByTestId('matrix-tenant-0000/demo-api')).toHaveTextContent(
      'sha-0000001: runs, as Git wants',
    );
    expect(grid).toHaveAttribute('aria-rowcount', '43');
  });

  it('says of no ring that all of it is on the newest while one is not', async () => {
    const nearlyAll = many(300, index =>
      behind(index === 0 ? 'sha-0000001' : 'sha-0000002', index === 0 ? 9 : 1),
    );
    renderFleet(nearlyAll, '/tenants?view=matrix');
    expect(await screen.findByTestId('matrix-ring 1')).toHaveTextContent('99 % on the newest');
  });

  it('tells two rings of one name apart, and does not cut names as versions', async () => {
    renderFleet(
      many(4, index => ({
        ring: index % 2,
        ringName: 'wave',
        service: index ? 'feedface' : 'demo',
      })),
    );
    await screen.findByTestId('tenant-row-tenant-0000');
    const names = ['Ring 0, wave', 'Ring 1, wave', 'feedface'];
    names.forEach(label => expect(screen.getByRole('option', { name: label })).toBeInTheDocument());
  });

  it('opens and closes rings with the arrows', async () => {
    renderFleet(rows, '/tenants?view=matrix');
    const ring = await screen.findByTestId('matrix-ring 0');
    act(() => ring.focus());
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(ring).toHaveAttribute('aria-expanded', 'true'));
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(ring).toHaveAttribute('aria-expanded', 'false'));
  });

  it('narrows to a version by its heading', async () => {
    renderFleet(rows, '/tenants?view=matrix&open=0');
    await userEvent.click(await screen.findByRole('button', { name: /^0000001/ }));
    await waitFor(() =>
      expect(screen.getByTestId('matrix-ring 0')).toHaveTextContent('Ring 0, canary22'),
    );
    expect(screen.getByRole('button', { name: /^0000001/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });
});
