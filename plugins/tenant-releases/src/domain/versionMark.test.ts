import { contrastRatio } from './colour';
import { versionMark } from './versionMark';

const versions = Array.from(
  { length: 300 },
  (_, index) => `sha-${(index * 2654435761).toString(16).padStart(7, '0').slice(-7)}`,
);

describe('versionMark', () => {
  it.each([
    ['light', '#ffffff'],
    ['light', '#f8f8f8'],
    ['dark', '#424242'],
    ['dark', '#333333'],
    ['dark', '#1e1e1e'],
  ] as const)('can be seen in %s on %s', (mode, background) => {
    const ratios = versions.map(version =>
      contrastRatio(versionMark(version, mode).colour, background),
    );
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(3);
  });

  it('is the same for the same version, and in both modes of the same shape', () => {
    expect(versionMark('sha-1a2b3c4', 'light')).toEqual(versionMark('sha-1a2b3c4', 'light'));
    expect(versionMark('sha-1a2b3c4', 'light').shape).toBe(
      versionMark('sha-1a2b3c4', 'dark').shape,
    );
  });

  it('tells versions apart', () => {
    const marks = versions.map(version => JSON.stringify(versionMark(version, 'light')));
    const sizes = [...new Set(marks)].map(mark => marks.filter(other => other === mark).length);
    expect(sizes.length).toBeGreaterThan(70);
    expect(Math.max(...sizes)).toBeLessThan(14);
  });
});
