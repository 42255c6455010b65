import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useState,
} from 'react';
import { rowAfterKey } from '../../domain/gridKeys';

interface GridFocusOptions {
  count: number;
  body: RefObject<HTMLElement>;
  /** Brings a row onto the screen, so that it can take the focus. */
  reveal: (index: number) => void;
  /** Enter was pressed in a row. */
  onOpen: (index: number) => void;
}

const indexOf = (target: EventTarget): number | undefined => {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return row ? Number(row.dataset.index) : undefined;
};

/**
 * Lets the keyboard into a grid of rows: Tab leads to one row, arrows, Page and Home/End to the others, Enter opens
 * one. Also tells whether somebody is at the rows, with the keyboard or the mouse; a finger only touches.
 */
export function useGridFocus({ count, body, reveal, onOpen }: GridFocusOptions) {
  const [current, setCurrent] = useState(0);
  const [isFocused, setFocused] = useState(false);
  const [isHovered, setHovered] = useState(false);

  const focusRow = useCallback(
    (index: number) => {
      setCurrent(index);
      reveal(index);
      // The row may only now come onto the page.
      requestAnimationFrame(() =>
        requestAnimationFrame(() =>
          body.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({
            preventScroll: true,
          }),
        ),
      );
    },
    [body, reveal],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const index = indexOf(event.target);
    if (index === undefined) return;
    const next = rowAfterKey(event.key, index, count);
    if (next !== undefined) {
      event.preventDefault();
      focusRow(next);
    } else if (event.key === 'Enter' && (event.target as HTMLElement).dataset.index) {
      event.preventDefault();
      onOpen(index);
    }
  };

  return {
    current: Math.min(current, Math.max(count - 1, 0)),
    focusRow,
    isFocused,
    isHeld: isFocused || isHovered,
    handlers: {
      onKeyDown,
      onFocus: (event: FocusEvent) => {
        setFocused(true);
        const index = indexOf(event.target);
        if (index !== undefined) setCurrent(index);
      },
      onBlur: (event: FocusEvent) =>
        setFocused(event.currentTarget.contains(event.relatedTarget as Node | null)),
      onPointerEnter: ({ pointerType }: PointerEvent) => setHovered(pointerType === 'mouse'),
      onPointerLeave: () => setHovered(false),
    },
  };
}
