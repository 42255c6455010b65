/** Rows that Page Up and Page Down go over. */
const pageRows = 15;

/**
 * The row that a key leads to, as in the grids of the ARIA Authoring Practices
 * (https://www.w3.org/WAI/ARIA/apg/patterns/grid/).
 *
 * @param current - the row with the focus
 * @returns undefined when the key moves nowhere
 */
export function rowAfterKey(key: string, current: number, count: number): number | undefined {
  const target = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + pageRows,
    PageUp: current - pageRows,
    Home: 0,
    End: count - 1,
  }[key];
  if (target === undefined || count === 0) return undefined;
  return Math.min(Math.max(target, 0), count - 1);
}

/** Whether a key pressed there is meant as text or as something else's command. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
