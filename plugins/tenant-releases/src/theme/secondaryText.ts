import type { Theme } from '@material-ui/core/styles';

/**
 * The colour of what stands back. Backstage's own has 4.47:1 on the light page, just below what WCAG 2.2 asks of text
 * (1.4.3: 4.5:1).
 */
export function secondaryText({ palette }: Theme): string {
  return palette.type === 'light' ? '#62666b' : palette.text.secondary;
}
