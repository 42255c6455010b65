import type { MouseEvent } from 'react';

/** What does something of its own when it is clicked. */
const controls = 'a, button, input, select, textarea, label, [role="button"]';

/** The row that a click is meant for: not what is in it, and not the end of a selection of its text. */
function rowOf({ target, defaultPrevented }: MouseEvent): HTMLElement | undefined {
  if (defaultPrevented || !(target instanceof Element) || target.closest(controls)) {
    return undefined;
  }
  const row = target.closest<HTMLElement>('[data-index]');
  const selection = window.getSelection();
  const isSelecting =
    row && selection && !selection.isCollapsed && selection.getRangeAt(0).intersectsNode(row);
  return row && !isSelecting ? row : undefined;
}

const openInNewTab = (row: HTMLElement) => {
  const link = row.querySelector<HTMLAnchorElement>('[role="rowheader"] a');
  if (link) window.open(link.href, '_blank', 'noopener');
};

/**
 * Lets a click anywhere in a row do what its link does: open it here, or with the middle button, Ctrl or Command in a new
 * tab.
 *
 * @param onOpen - gets the place of the row
 */
export function rowClicks(onOpen: (index: number) => void) {
  return {
    onClick: (event: MouseEvent) => {
      const row = event.shiftKey || event.altKey ? undefined : rowOf(event);
      if (!row) return;
      if (event.ctrlKey || event.metaKey) openInNewTab(row);
      else onOpen(Number(row.dataset.index));
    },
    onMouseDown: (event: MouseEvent) => {
      // Some browsers would begin to scroll.
      if (event.button === 1 && rowOf(event)) event.preventDefault();
    },
    onAuxClick: (event: MouseEvent) => {
      const row = event.button === 1 ? rowOf(event) : undefined;
      if (row) openInNewTab(row);
    },
  };
}
