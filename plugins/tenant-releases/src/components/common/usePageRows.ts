import {
  type Range,
  defaultRangeExtractor,
  measureElement,
  useWindowVirtualizer,
} from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Rows, of which only those on the screen are on the page. */
export interface PageRowsOptions {
  count: number;
  /** Least height of a row in pixels; rows are higher only where they take the `measureElement` as their `ref`. */
  height: number;
  /** How high a row will be, in pixels, as far as can be told before it is on the page. */
  guessHeight?: (index: number) => number;
  keyOf: (index: number) => string;
  /** The element that holds the rows; the page itself scrolls. */
  body: RefObject<HTMLElement>;
  /** Height in pixels of what stays on top of the rows while the page scrolls. */
  headHeight: number;
  /** A row that is there wherever the page is scrolled to: the one with the keyboard's focus. */
  kept?: number;
}

/** Virtualises rows in a page that scrolls as a whole, so that a phone has no window within a window. */
export function usePageRows(options: PageRowsOptions) {
  const { count, height, guessHeight = () => height, keyOf, body, headHeight, kept } = options;
  const [top, setTop] = useState(0);
  // What stands above the rows changes its height (notices come and go, chips wrap), and the page's with it.
  useLayoutEffect(() => {
    const measure = () => {
      const box = body.current?.getBoundingClientRect();
      if (box) setTop(Math.round(box.top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [body]);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indices = defaultRangeExtractor(range);
      if (kept === undefined || kept >= range.count || indices.includes(kept)) return indices;
      return [...indices, kept].sort((a, b) => a - b);
    },
    [kept],
  );
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: guessHeight,
    measureElement: (row, entry, rows) => {
      // A row that comes is not asked, which would lay out the page once for each: the observer tells before it is drawn.
      const index = rows.indexFromElement(row);
      if (!entry) return rows.itemSizeCache.get(keyOf(index)) ?? guessHeight(index);
      return Math.max(height, measureElement(row, entry, rows));
    },
    getItemKey: keyOf,
    scrollMargin: top,
    scrollPaddingStart: headHeight,
    overscan: 4,
    rangeExtractor,
  });
  // What was measured of rows that look otherwise says nothing.
  const measured = useRef(height);
  useLayoutEffect(() => {
    if (measured.current === height) return;
    measured.current = height;
    virtualizer.measure();
  }, [height, virtualizer]);
  return virtualizer;
}
