import type { Theme } from '@material-ui/core/styles';

/** The edge of what one types or chooses in: at least 3:1 against page and card (WCAG 2.2, 1.4.11). */
export function fieldBorder({ palette }: Theme): string {
  return palette.type === 'light' ? '#767676' : '#a0a0a0';
}
