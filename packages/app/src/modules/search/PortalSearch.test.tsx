import { renderInTestApp } from '@backstage/frontend-test-utils';
import { searchApiRef } from '@backstage/plugin-search-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { PortalSearch } from './PortalSearch';

const documents = [
  { title: 'Globex', text: 'a tenant', kind: 'Resource', type: 'tenant', location: '/catalog/x/b' },
  { title: 'demo-api', text: 'a service', kind: 'Component', location: '/catalog/x/demo-api' },
];

function Search() {
  const [isOpen, setOpen] = useState(false);
  return <PortalSearch isOpen={isOpen} setOpen={setOpen} />;
}

function open() {
  const results = documents.map(document => ({ type: 'software-catalog', document }));
  renderInTestApp(
    <>
      <input aria-label="field" />
      <Search />
    </>,
    { apis: [[searchApiRef, { query: async () => ({ results, numberOfResults: 2 }) }]] },
  );
}

describe('PortalSearch', () => {
  it.each(['{Control>}k{/Control}', '{Meta>}k{/Meta}'])(
    'opens the search by %s, and leads to a tenant’s Release tab',
    async keys => {
      open();
      (await screen.findByRole('textbox', { name: 'field' })).focus();
      await userEvent.keyboard(keys);
      const dialog = await screen.findByRole('dialog', { name: 'Search' });
      await userEvent.type(within(dialog).getByRole('textbox'), 'glo');
      const tenant = await within(dialog).findByText('Globex', undefined, { timeout: 5_000 });
      expect(tenant.closest('a')).toHaveAttribute('href', '/catalog/x/b/releases');
      expect(within(dialog).getByText('demo-api').closest('a')).toHaveAttribute(
        'href',
        '/catalog/x/demo-api',
      );
      expect(within(dialog).getByText('All results').closest('a')).toHaveAttribute(
        'href',
        '/search?query=glo',
      );
    },
    // Typing, and looking for roles in a whole application, takes its time on a busy machine.
    20_000,
  );

  it('begins in the field, and gives the focus back', async () => {
    open();
    const field = await screen.findByRole('textbox', { name: 'field' });
    field.focus();
    await userEvent.keyboard('{Control>}k{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Search' });
    await waitFor(() => expect(within(dialog).getByRole('textbox')).toHaveFocus());
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(field).toHaveFocus();
  });

  it('leaves other keys alone', async () => {
    open();
    (await screen.findByRole('textbox', { name: 'field' })).focus();
    await userEvent.keyboard('k{Control>}{Shift>}k{/Shift}{/Control}{Alt>}k{/Alt}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
