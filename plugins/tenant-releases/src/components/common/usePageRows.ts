import { type Range, defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';

/** Rows of one height, of which only those on the screen are on the page. */
export interface PageRowsOptions {
  count: number;
  /** Height of a row in pixels. */
  height: number;
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
  const { count, height, keyOf, body, headHeight, kept } = options;
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
  return useWindowVirtualizer({
    count,
    estimateSize: () => height,
    getItemKey: keyOf,
    scrollMargin: top,
    scrollPaddingStart: headHeight,
    overscan: 4,
    rangeExtractor,
  });
}
