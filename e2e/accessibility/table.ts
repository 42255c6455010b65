/** How many violations a page has, in a theme and a width. */
export interface Count {
  page: string;
  theme: string;
  width: number;
  /** Violations that no row of docs/accessibility.md lists. */
  ours: number;
  /** Violations of Backstage's own that are listed there. */
  known: number;
}

/** The counts as lines of text: a line a page, a column for each theme and width, `ours + known`. */
export function formatTable(counts: readonly Count[]): string[] {
  const columns = [...new Set(counts.map(({ theme, width }) => `${theme} ${width}`))];
  const pages = [...new Set(counts.map(({ page }) => page))];
  const cell = (page: string, column: string) => {
    const count = counts.find(
      ({ page: name, theme, width }) => name === page && `${theme} ${width}` === column,
    );
    return count ? `${count.ours} + ${count.known}` : '-';
  };
  const line = (name: string, cells: string[]) =>
    [name.padEnd(24), ...cells.map(text => text.padStart(12))].join('');
  return [
    line('page', columns),
    ...pages.map(page =>
      line(
        page,
        columns.map(column => cell(page, column)),
      ),
    ),
  ];
}
