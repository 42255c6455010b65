import { createTheme } from '@material-ui/core/styles';
import { contrastRatio } from '../domain/colour';
import { fieldBorder } from './fieldBorder';

describe('fieldBorder', () => {
  it.each([
    ['light', ['#ffffff', '#f8f8f8']],
    ['dark', ['#424242', '#333333', '#1e1e1e']],
  ] as const)('can be seen in %s', (type, backgrounds) => {
    const border = fieldBorder(createTheme({ palette: { type } }));
    for (const background of backgrounds) {
      expect(contrastRatio(border, background)).toBeGreaterThanOrEqual(3);
    }
  });
});
