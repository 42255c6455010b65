/** A key and what it does. */
export interface Shortcut {
  /** Alternatives, each a list of keys that are pressed together. */
  keys: readonly (readonly string[])[];
  does: string;
}

/** Every key that the portal listens to, by where it works. */
export const shortcuts: ReadonlyArray<{ where: string; keys: readonly Shortcut[] }> = [
  {
    where: 'Everywhere',
    keys: [
      {
        keys: [
          ['Ctrl', 'K'],
          ['Cmd', 'K'],
        ],
        does: 'Search; a tenant leads to its Release tab',
      },
      { keys: [['?']], does: 'Show these keys' },
      { keys: [['Esc']], does: 'Close what is open' },
      { keys: [['Tab']], does: 'Go on; the first stop of a page skips the sidebar' },
    ],
  },
  {
    where: 'In a list of tenants',
    keys: [
      { keys: [['/']], does: 'Filter by text' },
      { keys: [['↑'], ['↓']], does: 'Go to another row' },
      { keys: [['Page Up'], ['Page Down']], does: 'Go over 15 rows' },
      { keys: [['Home'], ['End']], does: 'Go to the first or the last row' },
      { keys: [['Enter']], does: 'Open the tenant of the row' },
    ],
  },
];
