import type { PanelSeries, ReleaseMarker } from '@internal/plugin-tenant-releases-common';
import { createPanel as createMeasured, now } from '../testing/fixtures';
import { dataBegin, fittingRange } from './dataBegin';
import { timeRangeById } from './timeRange';

const end = now / 1000;
const createPanel: typeof createMeasured = part => createMeasured({ now: undefined, ...part });
const line = (...times: number[]): PanelSeries => ({
  name: 'requests',
  labels: {},
  points: times.map(time => [time, 1]),
});
const marker = (time: number): ReleaseMarker => ({ time, version: 'v1', kind: 'release' });

describe('dataBegin', () => {
  it.each<[string, Parameters<typeof dataBegin>[0], number | undefined]>([
    ['no panel', [], undefined],
    ['nothing measured', [createPanel({ series: [line()] })], undefined],
    ['data throughout', [createPanel({ series: [line(end - 3_600, end)] })], undefined],
    ['a short gap', [createPanel({ series: [line(end - 3_000, end)] })], undefined],
    ['ten minutes', [createPanel({ series: [line(end - 600, end)] })], end - 615],
    [
      'ten minutes, and the release right before',
      [createPanel({ series: [line(end - 600, end)], markers: [marker(end - 640)] })],
      end - 655,
    ],
    [
      'ten minutes, and a release long before',
      [createPanel({ series: [line(end - 600, end)], markers: [marker(end - 3_000)] })],
      end - 615,
    ],
    [
      'another panel that has data throughout',
      [
        createPanel({ series: [line(end - 600, end)] }),
        createPanel({ series: [line(end - 3_590, end)] }),
      ],
      undefined,
    ],
    ['a single point', [createPanel({ series: [line(end)] })], end - 15],
  ])('with %s', (_, panels, expected) => {
    expect(dataBegin(panels)).toBe(expected);
  });
});

describe('fittingRange', () => {
  const measured = createMeasured().now;
  const over = (id: string, part: Parameters<typeof createMeasured>[0]) => {
    const { seconds, step } = timeRangeById(id);
    return fittingRange(timeRangeById(id), [createPanel({ start: end - seconds, step, ...part })])
      .id;
  };

  it.each<[string, string, Parameters<typeof createMeasured>[0], string]>([
    ['nothing is known', '7d', { series: [] }, '7d'],
    ['there is data throughout', '24h', { series: [line(end - 86_000, end)] }, '24h'],
    ['ten minutes of an hour are measured', '1h', { series: [line(end - 600, end)] }, '15m'],
    ['two points of a week are', '7d', { series: [line(end - 1_800, end)], now: measured }, '6h'],
    ['not even one is', '7d', { series: [], now: measured }, '1h'],
    ['not even one of a day is', '24h', { series: [line()], now: measured }, '15m'],
    ['half of it is measured', '6h', { series: [line(end - 10_800, end)] }, '6h'],
  ])('where %s of %s', (_, id, part, expected) => {
    expect(over(id, part)).toBe(expected);
  });

  it('is one of which all that there is can be seen', () => {
    for (let age = 60; age < 7 * 86_400; age = Math.ceil(age * 1.3)) {
      const { step } = timeRangeById('7d');
      const first = Math.ceil((end - age) / step) * step;
      const series = first <= end ? [line(first, end)] : [line()];
      const id = over('7d', { series, now: measured });
      expect(timeRangeById(id).seconds).toBeGreaterThanOrEqual(age);
    }
  });
});
