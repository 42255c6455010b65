import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router-dom';
import { queryKeys } from '../../api/queryKeys';

/** Where somebody was on a page. */
interface Place {
  /** Pixels. */
  scroll: number;
  /** The first row in view, and how far below the window's upper edge it begins, in pixels. */
  first?: { row: string; top: number };
  /** Key of the row that had the focus. */
  row?: string;
}

const focusedRow = (body: HTMLElement | null) =>
  document.activeElement instanceof Element && body?.contains(document.activeElement)
    ? document.activeElement.closest<HTMLElement>('[data-key]')?.dataset.key
    : undefined;

const rowsIn = (body: HTMLElement | null) => [
  ...(body?.querySelectorAll<HTMLElement>('[data-key]') ?? []),
];

function firstRow(body: HTMLElement | null): Place['first'] {
  for (const element of rowsIn(body)) {
    const { top } = element.getBoundingClientRect();
    if (top >= 0) return { row: element.dataset.key!, top };
  }
  return undefined;
}

/** Heights of rows above are guesses until these are on the page: the row itself is brought to where it was. */
function settle(body: HTMLElement | null, { row, top }: NonNullable<Place['first']>, frames = 20) {
  const element = rowsIn(body).find(({ dataset }) => dataset.key === row);
  const away = element ? element.getBoundingClientRect().top - top : 0;
  if (Math.abs(away) > 1) window.scrollBy(0, away);
  if (frames > 0) requestAnimationFrame(() => settle(body, { row, top }, frames - 1));
}

/**
 * Brings who comes "back" to where they were: the page scrolled as it was, the focus in the same row. The browser tries
 * that by itself, before the rows are there.
 *
 * @param keys - the rows' keys, in order
 * @param isWhole - no further rows are on their way
 * @param focusRow - puts the focus in the row of a place
 */
export function usePlaceOnReturn(
  body: RefObject<HTMLElement>,
  keys: readonly string[],
  isWhole: boolean,
  focusRow: (index: number) => void,
): void {
  const { key } = useLocation();
  const isReturn = useNavigationType() === 'POP';
  const client = useQueryClient();
  const current = useRef(key);
  current.current = key;

  useLayoutEffect(() => {
    const element = body.current;
    return () => {
      const first = firstRow(element);
      const place: Place = { scroll: window.scrollY, first, row: focusedRow(element) };
      client.setQueryData(queryKeys.place(current.current), place);
    };
  }, [body, client]);

  const wanted = useRef(isReturn ? client.getQueryData<Place>(queryKeys.place(key)) : undefined);
  useLayoutEffect(() => {
    if (!wanted.current) return;
    const { scroll, first, row } = wanted.current;
    window.scrollTo(0, scroll);
    if (!isWhole && Math.abs(window.scrollY - scroll) > 1) return;
    wanted.current = undefined;
    const index = row === undefined ? -1 : keys.indexOf(row);
    if (index >= 0) focusRow(index);
    if (first && scroll > 0) settle(body.current, first);
  }, [body, keys, isWhole, focusRow]);
}
