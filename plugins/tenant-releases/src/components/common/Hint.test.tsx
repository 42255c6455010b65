import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Hint } from './Hint';

describe('Hint', () => {
  it('is a stop of the keyboard', async () => {
    render(<Hint text="Nobody knows since when">-</Hint>);
    expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();
    await userEvent.tab();
    // That it opens then is shown in a browser: jsdom knows :focus-visible of buttons and fields only.
    expect(screen.getByText('-')).toHaveFocus();
  });

  it('says more under the pointer', async () => {
    render(<Hint text="sha-1a2b3c4d5e6f">sha-1a2b3c4</Hint>);
    await userEvent.hover(screen.getByText('sha-1a2b3c4'));
    expect(await screen.findByRole('tooltip', undefined, { timeout: 4_000 })).toHaveTextContent(
      'sha-1a2b3c4d5e6f',
    );
  });

  it('adds no stop of its own round a button', async () => {
    render(
      <Hint text="Copies it" isStop={false}>
        <button type="button">copy</button>
      </Hint>,
    );
    expect(screen.getByRole('button')).toHaveAccessibleDescription('Copies it');
    await userEvent.tab();
    expect(screen.getByRole('button')).toHaveFocus();
    expect(await screen.findByRole('tooltip', undefined, { timeout: 4_000 })).toHaveTextContent(
      'Copies it',
    );
  });
});
