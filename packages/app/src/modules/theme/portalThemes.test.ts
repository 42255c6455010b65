import { portalThemes } from './portalThemes';

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const backgrounds = {
  light: ['#ffffff', '#f8f8f8', '#f5f5f5'],
  dark: ['#424242', '#333333', '#1e1e1e'],
};

describe('portalThemes', () => {
  it.each(['light', 'dark'] as const)('has texts that can be read in %s', mode => {
    const palette = portalThemes[mode].getTheme('v4')?.palette as unknown as {
      textSubtle: string;
      link: string;
      error: { main: string };
    };
    for (const background of backgrounds[mode]) {
      for (const colour of [palette.textSubtle, palette.link, palette.error.main]) {
        expect(contrast(colour, background)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it.each(['light', 'dark'] as const)('sets no label in capitals in %s', mode => {
    const theme = portalThemes[mode].getTheme('v4') as unknown as {
      overrides: Record<string, { root?: { textTransform?: string } }>;
    };
    expect(theme.overrides.MuiButton.root?.textTransform).toBe('none');
    expect(theme.overrides.MuiTab.root?.textTransform).toBe('none');
  });
});
