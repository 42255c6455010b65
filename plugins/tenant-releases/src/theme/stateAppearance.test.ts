import { releaseStates } from '@internal/plugin-tenant-releases-common';
import { contrastRatio } from '../domain/colour';
import { stateAppearance } from './stateAppearance';

const backgrounds = {
  light: ['#ffffff', '#f8f8f8'],
  dark: ['#424242', '#333333', '#1e1e1e'],
};

describe('stateAppearance', () => {
  it.each(releaseStates.flatMap(state => [[state, 'light'] as const, [state, 'dark'] as const]))(
    '%s can be read in %s',
    (state, mode) => {
      const ratios = backgrounds[mode].map(background =>
        contrastRatio(stateAppearance[state][mode], background),
      );
      expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('has another colour, word and icon for each state', () => {
    for (const key of ['light', 'dark', 'label', 'icon'] as const) {
      const values = releaseStates.map(state => stateAppearance[state][key]);
      expect(new Set(values).size).toBe(releaseStates.length);
    }
  });
});
