import { createTheme } from '@material-ui/core/styles';
import { contrastRatio } from '../domain/colour';
import { secondaryText } from './secondaryText';

describe('secondaryText', () => {
  it('can be read on the light backgrounds', () => {
    const colour = secondaryText(createTheme({ palette: { type: 'light' } }));
    expect(contrastRatio(colour, '#f5f5f5')).toBeGreaterThanOrEqual(4.5);
    // Rows under the pointer, notices.
    expect(contrastRatio(colour, '#e9e9e9')).toBeGreaterThanOrEqual(4.5);
  });

  it('is the theme’s own in the dark', () => {
    const theme = createTheme({ palette: { type: 'dark' } });
    expect(secondaryText(theme)).toBe(theme.palette.text.secondary);
  });
});
