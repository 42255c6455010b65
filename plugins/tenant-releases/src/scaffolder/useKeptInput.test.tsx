import { act, render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { useKeptInput } from './useKeptInput';

function Form({ formData }: { formData: object }) {
  useKeptInput(formData);
  const { search, key } = useLocation();
  return (
    <>
      <output>{new URLSearchParams(search).get('formData')}</output>
      <p>{new URLSearchParams(search).get('other')}</p>
      <i data-testid="key">{key}</i>
    </>
  );
}

describe('useKeptInput', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const form = (formData: object) => (
    <MemoryRouter initialEntries={['/?other=1']}>
      <Form formData={formData} />
    </MemoryRouter>
  );
  const wait = (ms: number) => act(() => jest.advanceTimersByTime(ms));

  it('puts the input into the address when the typing pauses, and then rests', () => {
    const { rerender } = render(form({ name: 'a' }));
    wait(300);
    rerender(form({ name: 'ab' }));
    wait(300);
    expect(screen.getByRole('status')).toHaveTextContent('');
    wait(200);
    expect(screen.getByRole('status')).toHaveTextContent('{"name":"ab"}');
    expect(screen.getByText('1')).toBeInTheDocument();
    const { textContent: key } = screen.getByTestId('key');
    wait(5_000);
    expect(screen.getByTestId('key')).toHaveTextContent(key!);
  });

  it('leaves an address alone that would grow too long, and an empty form', () => {
    const { rerender } = render(form({ name: 'a'.repeat(5_000) }));
    wait(1_000);
    expect(screen.getByRole('status')).toHaveTextContent('');
    rerender(form({}));
    wait(1_000);
    expect(screen.getByRole('status')).toHaveTextContent('');
  });
});
