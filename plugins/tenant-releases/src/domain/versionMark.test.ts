import fc from 'fast-check';
import { contrastRatio } from './colour';
import { forgetVersionOrder, orderVersions, versionMark } from './versionMark';
import { markOfSlot } from './versionPalette';
import { slotCount } from './versionSlots';

const modes = ['light', 'dark'] as const;
const versions = Array.from({ length: 40 }, (_, index) => `sha-${index}`);
const colours = (mode: 'light' | 'dark', list = versions) =>
  list.map(version => versionMark(version, mode).colour);

/** Machado, Oliveira, Fernandes 2009, severity 1: https://doi.org/10.1109/TVCG.2009.113; for linear RGB. */
const sights: Record<string, number[][]> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  achromatopsia: Array.from({ length: 3 }, () => [0.2126, 0.7152, 0.0722]),
};

/** How a colour looks to somebody. */
function seenBy(sight: number[][], colour: string): string {
  const linear = [1, 3, 5].map(at => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return `#${sight
    .map(row => {
      const sum = row.reduce((total, part, index) => total + part * linear[index], 0);
      const value = Math.min(1, Math.max(0, sum));
      const gamma = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
      return Math.round(gamma * 255)
        .toString(16)
        .padStart(2, '0');
    })
    .join('')}`;
}

describe('versionMark', () => {
  beforeEach(forgetVersionOrder);

  it('has another colour for each of 40 versions at once', () => {
    orderVersions(versions);
    modes.forEach(mode => expect(new Set(colours(mode)).size).toBe(40));
  });

  it('is the same for the same version, whoever asks, and of the same shape in both themes', () => {
    orderVersions(versions);
    const before = colours('light');
    expect([...versions].reverse().map(version => versionMark(version, 'light').colour)).toEqual(
      [...before].reverse(),
    );
    versions.forEach(version =>
      expect(versionMark(version, 'light').shape).toBe(versionMark(version, 'dark').shape),
    );
  });

  it('differs from its neighbours’ in any order, also of a page that comes later', () => {
    const list = fc.uniqueArray(fc.constantFrom(...versions), { minLength: 2 });
    fc.assert(
      fc.property(list, list, (one, other) => {
        [one, other].forEach(orderVersions);
        const found = other.map(version => versionMark(version, 'dark'));
        found.slice(1).forEach((mark, index) => {
          expect(mark.colour).not.toBe(found[index].colour);
          expect(mark.shape).not.toBe(found[index].shape);
        });
      }),
    );
  });

  it('of a version that no list has is another than those of the list', () => {
    orderVersions(versions.slice(0, 20));
    const stranger = versionMark('sha-unknown', 'light').colour;
    expect(colours('light', versions.slice(0, 20))).not.toContain(stranger);
    const before = colours('light', versions.slice(0, 20));
    orderVersions([...versions.slice(0, 20), 'sha-unknown']);
    expect(colours('light', versions.slice(0, 20))).toEqual(before);
  });

  it('does not depend on what was drawn before the order was known', () => {
    colours('light', ['sha-3', 'sha-1', 'sha-2']);
    orderVersions(versions);
    const late = colours('light');
    forgetVersionOrder();
    orderVersions(versions);
    expect(colours('light')).toEqual(late);
  });
});

describe('the palette', () => {
  const slots = Array.from({ length: slotCount }, (_, slot) => slot);

  it.each([
    ['light', '#ffffff'],
    ['light', '#f8f8f8'],
    ['light', '#f4f4f4'],
    ['dark', '#424242'],
    ['dark', '#333333'],
    ['dark', '#1e1e1e'],
  ] as const)('can be seen in %s on %s', (mode, background) => {
    const ratios = slots.map(slot => contrastRatio(markOfSlot(slot, mode).colour, background));
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(3);
  });

  it.each(modes)('is told apart in %s by those who see fewer colours', mode => {
    for (const sight of Object.values(sights)) {
      slots.forEach(slot => {
        const [one, next] = [slot, slot + 1].map(each =>
          seenBy(sight, markOfSlot(each, mode).colour),
        );
        expect(contrastRatio(one, next)).toBeGreaterThanOrEqual(1.2);
      });
    }
  });

  it.each(modes)('has no colour twice in %s', mode => {
    expect(new Set(slots.map(slot => markOfSlot(slot, mode).colour)).size).toBe(slotCount);
  });
});
