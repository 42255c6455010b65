import { createUnifiedTheme, palettes, type UnifiedThemeOptions } from '@backstage/theme';

/** Labels are written as sentences; Material UI and Backstage would set some of them in capitals. */
const asWritten = { textTransform: 'none' } as const;

const flat = { boxShadow: 'none' };

/**
 * The level of a heading follows its place on the page, not its size: Backstage's cards have titles of the size h5 right
 * below the heading of the page.
 */
const headings = {
  h1: 'h1',
  h2: 'h2',
  h3: 'h2',
  h4: 'h2',
  h5: 'h2',
  h6: 'h3',
  subtitle1: 'p',
  subtitle2: 'p',
} as const;

/** What of Backstage's components differs, with edges of fields of at least 3:1 (WCAG 2.2, 1.4.11). */
function components(fieldBorder: string, quietText: string): UnifiedThemeOptions['components'] {
  return {
    BackstageHeader: { styleOverrides: { type: asWritten } },
    BackstageIconLinkVertical: {
      styleOverrides: { label: { ...asWritten, letterSpacing: 'normal' } },
    },
    // Cards as Backstage UI draws them: there is one style of card on a page.
    BackstageInfoCard: { styleOverrides: { headerTitle: { fontSize: '1.25rem' } } },
    MuiPaper: {
      styleOverrides: { rounded: { borderRadius: 8 }, elevation1: flat, elevation2: flat },
    },
    BackstageTableHeader: { styleOverrides: { header: asWritten } },
    CatalogReactUserListPicker: { styleOverrides: { title: asWritten } },
    MuiBottomNavigation: { defaultProps: { 'aria-label': 'Main' } },
    MuiButton: { styleOverrides: { root: asWritten } },
    MuiCircularProgress: { defaultProps: { 'aria-label': 'Loading' } },
    MuiInput: {
      styleOverrides: { underline: { '&::before': { borderBottomColor: fieldBorder } } },
    },
    MuiOutlinedInput: { styleOverrides: { notchedOutline: { borderColor: fieldBorder } } },
    MuiTab: { styleOverrides: { root: { ...asWritten, letterSpacing: 'normal' } } },
    MuiToggleButton: { styleOverrides: { root: { ...asWritten, color: quietText } } },
    MuiTypography: { defaultProps: { variantMapping: headings } },
  };
}

const quietLight = '#62666b';

/** Backstage's own light and dark themes, with the contrast that WCAG asks for (2.2, AA). */
export const portalThemes = {
  light: createUnifiedTheme({
    palette: {
      ...palettes.light,
      // Backstage's and Material UI's own have less than 4.5:1 on the page.
      textSubtle: quietLight,
      text: { primary: '#1e1e1e', secondary: quietLight },
      error: { main: '#b3102a' },
    },
    components: components('#767676', quietLight),
  }),
  dark: createUnifiedTheme({
    palette: { ...palettes.dark, error: { main: '#ffa8a8' } },
    components: components('#a0a0a0', palettes.dark.textSubtle),
  }),
};
