import { act, render, screen } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { BrowserRouter, Link, Route, Routes } from 'react-router-dom';
import { KeptInput } from './KeptInput';
import { useKeptInput } from './useKeptInput';

/** Begins as the scaffolder's form does: some time after the page, with what the address holds. */
function Form() {
  const [isThere, setIsThere] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsThere(true), 10);
    return () => clearTimeout(timer);
  }, []);
  return isThere ? <Fields /> : null;
}

function Fields() {
  const [data, setData] = useState<{ contact?: string }>(() =>
    JSON.parse(new URLSearchParams(window.location.search).get('formData') ?? '{}'),
  );
  useKeptInput(data);
  return (
    <input
      aria-label="Contact"
      value={data.contact ?? ''}
      onChange={event => setData({ contact: event.target.value })}
    />
  );
}

const open = async () => {
  const page = render(
    <BrowserRouter>
      <KeptInput />
      <Link to="/form?other=1">New</Link>
      <Routes>
        <Route path="/form" element={<Form />} />
        <Route path="*" element={null} />
      </Routes>
    </BrowserRouter>,
  );
  await act(() => jest.advanceTimersByTimeAsync(20));
  return page;
};
const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Contact' });
const type = (text: string) =>
  act(() => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
    set.call(field(), text);
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });

describe('useKeptInput', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    window.sessionStorage.clear();
    window.history.pushState({ key: 'first', usr: null, idx: 0 }, '', '/form?other=1');
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('keeps the input over a reload, and the address free of it', async () => {
    const { unmount } = await open();
    type('ops@example.com');
    expect(window.location.search).toBe('?other=1');
    unmount();
    await open();
    expect(field()).toHaveValue('ops@example.com');
    expect(window.location.search).toBe('?other=1');
  });

  it('takes input out of the address that somebody else put there', async () => {
    window.history.replaceState(
      window.history.state,
      '',
      `/form?formData=${encodeURIComponent('{"contact":"ops@example.com"}')}&other=1`,
    );
    await open();
    expect(field()).toHaveValue('ops@example.com');
    expect(window.location.search).toBe('?other=1');
  });

  it('begins a new visit empty', async () => {
    const { unmount } = await open();
    type('ops@example.com');
    unmount();
    window.history.pushState({ key: 'second', usr: null, idx: 1 }, '', '/form?other=1');
    await open();
    expect(field()).toHaveValue('');
  });

  it('puts nothing into the address of another page', async () => {
    const { unmount } = await open();
    type('ops@example.com');
    unmount();
    window.history.replaceState(window.history.state, '', '/elsewhere');
    await open();
    expect(window.location.search).toBe('');
  });

  it('goes on where the browser keeps nothing, and leaves out what is too long', async () => {
    const { unmount } = await open();
    type('x'.repeat(70_000));
    expect(window.sessionStorage).toHaveLength(0);
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    type('ops@example.com');
    expect(field()).toHaveValue('ops@example.com');
    unmount();
  });
});
