import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { KeyboardHelp } from './KeyboardHelp';
import { shortcuts } from './shortcuts';

function open() {
  renderInTestApp(
    <>
      <button type="button">somewhere</button>
      <input aria-label="field" />
      <KeyboardHelp />
    </>,
  );
}

describe('KeyboardHelp', () => {
  it('opens on ?, lists every key, and gives the focus back', async () => {
    open();
    const button = await screen.findByRole('button', { name: 'somewhere' });
    button.focus();
    await userEvent.keyboard('?');
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard' });
    for (const { does } of shortcuts.flatMap(({ keys }) => keys)) {
      expect(within(dialog).getByText(does)).toBeVisible();
    }
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(button).toHaveFocus();
  });

  it('leaves the character to whoever is typing', async () => {
    open();
    const field = await screen.findByRole('textbox', { name: 'field' });
    await userEvent.type(field, 'why?');
    expect(field).toHaveValue('why?');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('leaves the browser its own keys', async () => {
    open();
    (await screen.findByRole('button', { name: 'somewhere' })).focus();
    await userEvent.keyboard('{Control>}?{/Control}{Alt>}?{/Alt}{Meta>}?{/Meta}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
